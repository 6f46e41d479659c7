import { countryWords, FACT_WORDS } from '../web/parts/words.ts'
import type { Entry } from './entries.ts'
import { count, countKind, KIND_ORDER, showNormal } from './kinds.ts'

/** One line of “what leaves”: what it is called and exactly what is sent. */
export interface Line {
  readonly label: string
  readonly value: string
}

/** Everything that leaves at one press, by who can read it. */
export interface Leaving {
  /** In words that anyone at that place can read. */
  readonly clear: readonly { readonly to: string; readonly lines: readonly Line[] }[]
  /** Encrypted here; only the people named can open it. */
  readonly sealed: readonly { readonly to: string; readonly lines: readonly Line[] }[]
  /** What does not leave in the clear, although it stands in the list. */
  readonly kept: readonly Line[]
}

/** What a person ticked and confirmed: nothing else ever leaves in the clear. Each thing once. */
export function sharedOf(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    if (!entry.shared || entry.state !== 'confirmed') return false
    const key = `${entry.kind}|${JSON.stringify(entry.normal)}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

interface ReportToSave {
  readonly orgName: string
  readonly network: string
  readonly authorName: string
  readonly tlp: string
  readonly text: string
  readonly identity: { readonly name: string; readonly contact: string; readonly notes: string }
  readonly entries: readonly Entry[]
  readonly files: readonly { readonly name: string }[]
  /** How many blind tokens go along. */
  readonly tokens: number
}

/** What leaves when a report is saved: its frame in the clear, its story sealed to the own organisation. */
export function leavingOfReport(it: ReportToSave): Leaving {
  const frame: Line[] = [
    { label: 'That a report exists', value: `by ${it.authorName}, ${it.orgName}, with the time` },
    { label: 'Marking', value: `TLP:${it.tlp}` },
    {
      label: 'Sealed records',
      value:
        it.files.length === 0 ? '1, its size rounded up' : `${1 + it.files.length}, their sizes rounded up`,
    },
  ]
  if (it.tokens > 0)
    frame.push({
      label: 'Blind tokens',
      value: `${it.tokens}, with kind and country; ${it.tokens === 1 ? 'it shows' : 'they show'} only that two reports name the same thing`,
    })
  return {
    clear: [{ to: `The server of ${it.network}; members of ${it.orgName} see it listed`, lines: frame }],
    sealed: [{ to: `People of ${it.orgName} who hold a key`, lines: storyOf(it) }],
    kept: keptOf(it.entries, []),
  }
}

function storyOf({ text, identity, entries, files }: ReportToSave): Line[] {
  const lines: Line[] = []
  if (text !== '') lines.push({ label: 'The text', value: `all of it, ${count(text.length, 'character')}` })
  if (entries.length > 0) lines.push({ label: 'Facts', value: `all ${entries.length} in the list` })
  const who = Object.entries(identity).flatMap(([part, value]) => (value.trim() === '' ? [] : [part]))
  if (who.length > 0) lines.push({ label: 'The person', value: who.join(', ') })
  for (const { name } of files) lines.push({ label: 'File', value: name })
  return lines
}

/** What stays sealed or unsent although it is in the list, by kind. */
export function keptOf(entries: readonly Entry[], leaving: readonly Entry[]): Line[] {
  const going = new Set(leaving.map(({ key }) => key))
  const staying = entries.filter(({ key }) => !going.has(key))
  return KIND_ORDER.flatMap((kind) => {
    const these = staying.filter((entry) => entry.kind === kind)
    if (these.length === 0) return []
    const shown = these.slice(0, 3).map(({ normal }) => showNormal(normal))
    const more = these.length > 3 ? ` and ${these.length - 3} more` : ''
    return [{ label: countKind(kind, these.length), value: shown.join(' · ') + more }]
  })
}

export function factLine(entry: Entry): Line {
  const country = entry.country && `${countryWords(entry.country)}${entry.assumed ? ', assumed' : ''}`
  const where = [entry.system, country].filter(Boolean).join(', ')
  const own = entry.role === 'payer' ? ', the account that paid' : ''
  return {
    label: FACT_WORDS[entry.kind],
    value: `${showNormal(entry.normal)}${where ? ` (${where})` : ''}${own}`,
  }
}
