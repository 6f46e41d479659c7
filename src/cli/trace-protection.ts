import { type Protection, protectionWords, signsOn } from '../core/protection.ts'
import type { Book } from '../ledger/book.ts'
import type { Trace } from '../trace/outcome.ts'
import { accountsIn } from '../trace/protected-accounts.ts'
import { printable } from './printable.ts'

/**
 * What the rules that look for a trafficked holder find in the book that is traced. Null where no accounts file says which
 * holders are people: most of these rules then judge nobody. It prepares the book's tables, so it comes after the tracing.
 */
export async function protectionIn(book: Book): Promise<Protection | null> {
  if (!book.has.has('accounts.holder_type')) return null
  const { isProtective } = await import('../ledger/actions.ts')
  const { duckEngine } = await import('../ledger/engine.ts')
  const { loadExcuses } = await import('../ledger/excuses.ts')
  const { protectionOf } = await import('../ledger/protection.ts')
  const { loadRules } = await import('../ledger/rule-files.ts')
  const { screen } = await import('../ledger/screen.ts')
  const rules = loadRules().filter(({ id }) => isProtective(id))
  const found = await screen(await duckEngine(book), { ...book, rules, excuses: loadExcuses() })
  return protectionOf(
    [found],
    rules.map(({ id }) => id),
  )
}

const MOST = 10
const PLEDGE =
  'A person who was made to do this must not be punished for it: before a freeze is asked, read the trafficking screen (content/typologies/trafficking-screen.yaml).'

/** What stands before the words of what can still be stopped. */
export function protectionLines(protection: Protection | null, trace: Trace): string[] {
  const accounts = accountsIn(trace)
  if (protection === null)
    return [
      'Protection was not asked: no accounts file says which holders are people. Give one beside the ledger to have it asked.',
      PLEDGE,
    ]
  const signed = accounts.filter((it) => signsOn(protection, it).length > 0)
  return [
    protectionWords(protection, accounts),
    ...signed.slice(0, MOST).map((it) => `  ${printable(it)}: ${signsOn(protection, it).join('; ')}`),
    ...(signed.length > MOST ? [`  and ${signed.length - MOST} more accounts`] : []),
    PLEDGE,
  ]
}
