import { Command, CommanderError } from 'commander'
import { onStderr as pc } from './cli/colour.ts'
import { printableLines } from './cli/printable.ts'
import { HouseError } from './core/errors.ts'

/** Exit codes of the contract: 0 done, 1 the answer is “no” or findings exist, 2 wrong use or bad input. */
const program = new Command('firebreak')
  .description('The shared situation room against trafficking for forced criminality')
  .version('0.1.0')
  .exitOverride()
  .showHelpAfterError()

/** Each command with the file that holds it: only the one that is asked for is loaded, and all for the list of them. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  read: async () => (await import('./cli/read.ts')).readCommand,
  assess: async () => (await import('./cli/assess.ts')).assessCommand,
  indicators: async () => (await import('./cli/indicators-check.ts')).indicatorsCommand,
  lexicon: async () => (await import('./cli/lexicon-check.ts')).lexiconCommand,
  screen: async () => (await import('./cli/screen.ts')).screenCommand,
  rules: async () => (await import('./cli/rules.ts')).rulesCommand,
  trace: async () => (await import('./cli/trace.ts')).traceCommand,
  invite: async () => (await import('./cli/invite.ts')).inviteCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
}
const asked = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2])
for (const [, load] of asked.length > 0 ? asked : Object.entries(COMMANDS)) (await load())(program)

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
    process.stderr.write(`${pc.red(printableLines(error.message))}\n`)
    process.exitCode = error.code === 'unavailable' ? 1 : 2
  } else throw error
}
