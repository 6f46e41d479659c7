import type { Book } from './book.ts'
import { engineOf, prepareOn } from './engine.ts'
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
  const say = options.say ?? (() => {})
  try {
    const book = await openBook(files, { ...options, keeping: state.keeping(say) })
    try {
      if (!state.past) await prepareOn(book)
      await state.keep(book)
      const renewed = await found(book, state)
      state.save(
        { alerts: renewed.screening.alerts, marks: marksOf(rules, excuses, book.has), hits: renewed.hits },
        book,
      )
      return { book, ...renewed }
    } finally {
      book.close()
    }
  } catch (error) {
    throw state.overtaken() ?? error
  } finally {
    state.giveUp()
  }

  async function found(book: Book, { past, moved }: State): Promise<Renewed> {
    const fresh = book.mappings.slice(past?.files.filter(({ mapping }) => mapping).length ?? 0)
    // accounts, signals and labels may change any answer
    if (past && fresh.every(({ kind }) => kind === 'transactions'))
      return screenAnew(book, { rules, excuses, past, rows: past.rows, moved, say })
    await book.duck.lock()
    const hits: Record<string, string> = {}
    const kept = { before: () => null, found: hits }
    const screening = await screen(engineOf(book), { ...book, rules, excuses, hits: kept })
    return { screening, touched: book.accounts, kept: 0, hits }
  }
}
