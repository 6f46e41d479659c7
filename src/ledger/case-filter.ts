import type { Alert, Case } from './screen.ts'
import type { Verdicts } from './verdicts.ts'

export interface Filter {
  readonly words: string
  /** A band, those with signs of a trafficked holder, or those about which nobody has decided. */
  readonly show: 'all' | Case['band'] | 'protect' | 'open'
}

interface Known {
  readonly filter: Filter
  readonly by: ReadonlyMap<string, readonly Alert[]>
  readonly names: Readonly<Record<string, string>>
  readonly verdicts: Verdicts
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Cases in their order, of which account, holder or a rule has every word; an account also without its blanks. */
export function filtered(cases: readonly Case[], { filter, by, names, verdicts }: Known): readonly Case[] {
  const words = plain(filter.words).split(/\s+/).filter(Boolean)
  const joined = words.join('')
  return cases.filter((it) => {
    const shows = {
      all: true,
      protect: it.protectFirst,
      // an account may be called `constructor`
      open: !Object.hasOwn(verdicts, it.account),
      ...{ now: it.band === 'now', soon: it.band === 'soon', look: it.band === 'look' },
    }[filter.show]
    if (!shows) return false
    const rules = (by.get(it.account) ?? []).map(({ rule, name }) => `${rule} ${name}`)
    const text = plain([it.account, names[it.account] ?? '', ...rules].join(' '))
    return words.every((word) => text.includes(word)) || plain(it.account).includes(joined)
  })
}
