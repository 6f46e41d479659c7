import { pledgeWords } from '../core/protection.ts'
import { type Held, METHODS, type Method, type Trace } from './outcome.ts'
import { METHOD_WORDS } from './picture.ts'
import { money } from './trace.ts'

interface Found {
  /** Name of the ledger file. */
  readonly file: string
  readonly traces: Readonly<Record<Method, Trace>>
  readonly method: Method
  readonly held: Held
  /** Signs on this account that its holder may be a trafficked person; null where nobody asked. */
  readonly signs: readonly string[] | null
  /** Who read the case as the second person. */
  readonly second: string
}

/**
 * The words with which a freeze request for one account begins: what is there by each rule, since when, and where it came
 * from. Only what the file shows; the reader who takes it over adds who lost the money and how.
 */
export function requestText({ file, traces, method, held, signs, second }: Found): string {
  const { stolen, from, at, file: span } = traces[method]
  const amount = money(held.minor, held.currency)
  const others = METHODS.filter((it) => it !== method).map((it) => {
    const there = traces[it].held.find(
      ({ account, currency }) => account === held.account && currency === held.currency,
    )
    return `${there ? money(there.minor, there.currency) : 'nothing'} by ${METHOD_WORDS[it]}`
  })
  const when = (it: string | number) =>
    typeof it === 'string' ? `${it.slice(0, 16).replace('T', ' ')} UTC` : `step ${it}`
  const came = held.lastAt === null ? '' : ` It last came there at ${when(held.lastAt)}.`
  const ends = span.ends === null ? '' : ` when the file ends, at ${when(span.ends)}`
  return [
    `Please freeze ${amount} on account ${held.account}.`,
    '',
    `${money(stolen.minor, stolen.currency)} left account ${from} from ${when(at)} on.`,
    `By ${METHOD_WORDS[method]}, ${amount} of it is on account ${held.account}${ends} (${others.join(', ')}).${came}`,
    `Followed through ${file}.`,
    '',
    pledgeWords(signs ?? [], signs !== null, second),
  ].join('\n')
}
