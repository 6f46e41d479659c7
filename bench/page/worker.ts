import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { builtReader, onTheLine } from '../../test/reader-in-node.ts'
import { percentile } from '../stats.ts'

/**
 * What the reader's worker costs before its first answer, in each of its languages: bytes on the line, and the time of
 * its start in Node. Built pages (`npm run build` or a start of the house first).
 *
 *   node bench/page/worker.ts [LANGUAGE …]
 */
const { values: flags, positionals } = parseArgs({
  options: { once: { type: 'string' } },
  allowPositionals: true,
})

const LANGUAGES = ['en', 'zh', 'th', 'vi', 'km', 'my', 'lo', 'id', 'tl', 'hi', 'bn', 'sw']
const STARTS = 9

interface Start {
  readonly bytes: number
  readonly files: number
  /** Milliseconds from before the worker's script to its first answer, and those of CPU, other threads included. */
  readonly took: number
  readonly cpu: number
}

if (flags.once !== undefined) console.log(JSON.stringify(await start(flags.once)))
else for (const language of positionals.length > 0 ? positionals : LANGUAGES) tell(language)

function tell(language: string): void {
  // each in a process of its own, where nothing is compiled yet
  const starts = Array.from({ length: STARTS }, () => {
    const args = [import.meta.filename, '--once', language]
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Start
  })
  const median = (of: (it: Start) => number) => percentile(starts.map(of), 0.5).toFixed(0)
  const times = `first answer after ${median((it) => it.took)} ms, ${median((it) => it.cpu)} of CPU`
  console.log(`${language}  ${starts[0]?.bytes} bytes in ${starts[0]?.files} files, ${times}`)
}

async function start(language: string): Promise<Start> {
  const [began, before] = [performance.now(), process.cpuUsage()]
  const reader = await builtReader()
  await reader.ask('read', { text: 'She paid 500 USD.', country: 'TH', language })
  const took = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  return {
    bytes: onTheLine(reader.fetched),
    files: reader.fetched.size,
    took,
    cpu: (user + system) / 1_000,
  }
}
