import { Command, CommanderError } from 'commander'
import { assessCommand } from './cli/assess.ts'
import { onStderr as pc } from './cli/colour.ts'
import { exportCommand } from './cli/export.ts'
import { indicatorsCommand } from './cli/indicators-check.ts'
import { inviteCommand } from './cli/invite.ts'
import { lexiconCommand } from './cli/lexicon-check.ts'
import { readCommand } from './cli/read.ts'
import { rulesCommand } from './cli/rules.ts'
import { screenCommand } from './cli/screen.ts'
import { serveCommand } from './cli/serve.ts'
import { traceCommand } from './cli/trace.ts'
import { verifyCommand } from './cli/verify.ts'
import { HouseError } from './core/errors.ts'

/** Exit codes of the contract: 0 done, 1 the answer is “no” or findings exist, 2 wrong use or bad input. */
const program = new Command('firebreak')
  .description('The shared situation room against trafficking for forced criminality')
  .version('0.1.0')
  .exitOverride()
  .showHelpAfterError()

serveCommand(program)
readCommand(program)
assessCommand(program)
indicatorsCommand(program)
lexiconCommand(program)
screenCommand(program)
rulesCommand(program)
inviteCommand(program)
exportCommand(program)
verifyCommand(program)
traceCommand(program)

// `firebreak read … | head` closes the pipe early: that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof HouseError) {
    process.stderr.write(`${pc.red(error.message)}\n`)
    process.exitCode = error.code === 'unavailable' ? 1 : 2
  } else throw error
}
