import type { ChosenFile, OwnMappings, Payment } from '../web/screen-words.ts'
import type { TraceStart } from '../web/trace-start.ts'
import { decimal } from './goaml.ts'
import type { LookedAt } from './look.ts'

/**
 * Where following the money behind an alert begins: for somebody who is paying scammers what they paid, for every other
 * account what came in, each from its first payment on; of several currencies the one with most payments.
 * @returns null when none of the payments moves the account's money
 */
export function followStart(
  { rule, account }: { readonly rule: string; readonly account: string },
  payments: readonly Payment[],
): TraceStart['ask'] | null {
  const others = payments.filter((it) => it.payer !== it.payee)
  const sides = [others.filter((it) => it.payee === account), others.filter((it) => it.payer === account)]
  const [its = []] = (rule.startsWith('TX-V') ? sides.reverse() : sides).filter((it) => it.length > 0)
  const [most] = [...Map.groupBy(its, (it) => it.currency)].sort((a, b) => b[1].length - a[1].length)
  const first = most?.[1][0]
  if (!most || !first) return null
  const [currency, counted] = most
  const sum = counted.reduce((all, it) => all + BigInt(it.minor), 0n)
  return {
    from: account,
    amount: decimal(sum, currency),
    at: first.at.replace(/^step /, ''),
    direction: 'forward',
    currency: currency === 'XXX' ? null : currency,
    hops: 0,
  }
}

/** The files of a screened book that tracing reads, with what was said of their columns. */
export function filesToFollow(
  files: readonly ChosenFile[],
  { looked, said }: { readonly looked: readonly LookedAt[]; readonly said: OwnMappings },
): TraceStart['files'] {
  const isOne = (name: string) => looked.some((it) => it.name === name && it.kind === 'transactions')
  const wanted = files.filter(({ name }) => isOne(name))
  return {
    files: wanted.map(({ name, file }) => (file.name === name ? file : new File([file], name))),
    mapping: null,
    own: Object.fromEntries(
      wanted.flatMap(({ name }) => {
        const own = said[name]?.transactions
        if (!own) return []
        const { columns, currency, decimal: style, dates, negative } = own
        return [[name, { columns, currency, decimal: style, dates, negative }] as const]
      }),
    ),
  }
}
