import { performance } from 'node:perf_hooks'
import { summary } from '../stats.ts'
import { type Made, type Question, questions } from './books.ts'

/** How many questions each engine answers. */
const ASKED = 100
/** Every engine is asked others for so long first, kind by kind: what is measured is answering, not compiling. */
const WARM_MS = 2_000
/** The share of them that is asked at least, where one question takes long. */
const WARM_LEAST = 20

/** What an answer says, for the check that engines which answer the same say the same. */
export interface Said {
  readonly accounts: number
  /** Minor units in accounts and in payments, added up; left out where only accounts are counted. */
  readonly minor?: number
}

type Answer = (question: Question) => Said | Promise<Said>

export interface Answered {
  /** Milliseconds to load and index. */
  readonly loaded: number
  readonly made: Made
  readonly kinds: Record<string, Answer>
  readonly memory?: Record<string, number>
  /** What really answered, where that is not plain. */
  readonly engine?: string
}

/** Asks an engine everything, and says the result in one line that its parent reads. */
export async function answer({ loaded, made, kinds, memory = {}, engine }: Answered): Promise<void> {
  const times: Record<string, ReturnType<typeof fine>> = {}
  const said: Record<string, Said> = {}
  for (const [kind, ask] of Object.entries(kinds)) {
    await warm(made, ask)
    const samples: number[] = []
    let [accounts, minor] = [0, 0]
    for (const question of questions(made, ASKED)) {
      const start = performance.now()
      const got = ask(question)
      const one = got instanceof Promise ? await got : got
      samples.push(performance.now() - start)
      accounts += one.accounts
      minor += one.minor ?? 0
    }
    times[kind] = fine(samples)
    said[kind] = minor > 0 ? { accounts, minor } : { accounts }
  }
  const peakBytes = process.resourceUsage().maxRSS * 1_024
  const result = { loadedMs: Math.round(loaded), times, said, memory, peakBytes, ...(engine && { engine }) }
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`)
}

async function warm(made: Made, ask: Answer): Promise<void> {
  const until = performance.now() + WARM_MS
  const others = questions(made, 1_000, 7)
  for (let i = 0; i < WARM_LEAST || performance.now() < until; i++) {
    const got = ask(others[i % others.length] as Question)
    if (got instanceof Promise) await got
  }
}

/** With hundredths of a microsecond, because some answers take a few. */
function fine(samples: readonly number[]) {
  const { n } = summary(samples)
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(n * share) - 1)] ?? Number.NaN
  const round = (ms: number) => Math.round(ms * 100_000) / 100_000
  const mean = sorted.reduce((sum, it) => sum + it, 0) / n
  return { n, p50: round(at(0.5)), p95: round(at(0.95)), mean: round(mean) }
}
