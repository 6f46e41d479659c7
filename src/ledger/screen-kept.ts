import type { Book } from './book.ts'
import { duckEngine } from './engine.ts'
import type { Excuses } from './excuses.ts'
import { marksOf, type Renewed, screenAnew } from './incremental.ts'
import { type OpenOptions, openBook } from './load.ts'
import type { RunningRule } from './rule.ts'
import { screen } from './screen.ts'
import { State } from './state.ts'

interface KeptOptions extends Omit<OpenOptions, 'keeping'> {
  /** The folder of the state; made when there is none. */
  readonly state: string
  readonly rules: readonly RunningRule[]
  readonly excuses: Excuses
}

/** `openBook` and `screen` over what a folder keeps and the files of a new day; afterwards the folder keeps both. */
export async function screenKept(
  files: readonly string[],
  { state: folder, rules, excuses, ...options }: KeptOptions,
): Promise<Renewed & { readonly book: Book }> {
  const state = new State(folder)
  const book = await openBook(files, { ...options, keeping: state.keeping() })
  try {
    const { screening, touched, kept } = await found()
    state.save({ alerts: screening.alerts, marks: marksOf(rules, excuses, book.has) }, book)
    return { book, screening, touched, kept }
  } finally {
    book.close()
  }

  async function found(): Promise<Renewed> {
    const { past } = state
    const say = options.say && process.stderr.isTTY ? { say: options.say } : {}
    const fresh = book.mappings.slice(past?.files.filter(({ mapping }) => mapping).length ?? 0)
    // accounts, signals and labels may change any answer
    if (past && fresh.every(({ kind }) => kind === 'transactions'))
      return screenAnew(book, { rules, excuses, past, ...say })
    const engine = await duckEngine(book)
    const screening = await screen(engine, { ...book, rules, excuses, ...say })
    return { screening, touched: book.accounts, kept: 0 }
  }
}
