import { anyOf, endsWord } from '../lexicon/form.ts'
import { IDENTIFIERS } from '../lexicon/identifiers.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { isDigit, isEdge, isUpper } from '../script.ts'
import { type Entry, Trie } from '../trie.ts'

/** A bank or compound that is known by name. */
interface KnownOrganisation {
  readonly name: string
  readonly country: string
  readonly bank: boolean
  /** Also an everyday word or two letters: needs an account number or a word of banking beside it. */
  readonly weak: boolean
  readonly capital: boolean
}

const BANK_WORD = new RegExp(anyOf(ORGANISATIONS.bank_words), 'i')

function* known(): Generator<Entry<KnownOrganisation>> {
  for (const { name, country, forms } of ORGANISATIONS.known) {
    for (const form of forms) yield [form, { name, country, bank: false, weak: false, capital: false }]
  }
  for (const { name, country, names, capital, wallet } of IDENTIFIERS.banks) {
    if (wallet) continue
    for (const form of new Set([...names, ...capital])) {
      if (/ (?:account|acct|money)$/i.test(form)) continue
      const weak = !BANK_WORD.test(form)
      yield [form, { name, country, bank: true, weak, capital: capital.includes(form) }]
    }
  }
}

export const KNOWN = new Trie<KnownOrganisation>(known())

/** Words of banking that make a short name a bank: an account, a transfer, a bank. */
const BANKING = new Trie<true>(
  Object.values(IDENTIFIERS.labels.account ?? {}).flatMap((forms) =>
    forms.map((form) => [form, true] as const),
  ),
)
const REACH_BEFORE = 30
const REACH_BEHIND = 30
/** How near the number must stand to an everyday word written small: mandiri 1370087654321. */
const REACH_NEXT = 16

interface KnownHit extends KnownOrganisation {
  readonly start: number
  readonly end: number
}

/** The known name at `at`, when it is one there. */
export function knownAt(text: string, at: number): KnownHit | null {
  const hit = KNOWN.longest(text, at, (it, end) => {
    if (!endsWord(text, end) || isGlued(text, at, end)) return false
    if (it.capital && !isUpper(text, at))
      return /^[ :#-]{0,3}\d/.test(text.slice(end, end + 4)) && longNumber(text.slice(end, end + REACH_NEXT))
    return !it.weak || isBanking(text, at, end)
  })
  return hit === null ? null : { ...hit.value, start: at, end: hit.end }
}

/** Letters inside a code (NMB/FC/24, STB240611), or characters inside a longer name (国泰 in 国泰世华). */
function isGlued(text: string, start: number, end: number): boolean {
  if (/[\u4e00-\u9fff]/.test(text[end - 1] ?? ''))
    return (
      /[\u4e00-\u9fff]/.test(text[end] ?? '') &&
      !/[账帐帳賬户戶卡的银銀行转轉匯汇尾號号]/.test(text[end] ?? '')
    )
  return /[\w/_#]/.test(text[start - 1] ?? '') || /[\d/_]/.test(text[end] ?? '')
}

/** Whether a number as long as an account stands behind a name, or a word of banking on either side. */
function isBanking(text: string, start: number, end: number): boolean {
  if (longNumber(text.slice(end, end + REACH_BEHIND))) return true
  return says(text, Math.max(0, start - REACH_BEFORE), start) || says(text, end, end + REACH_BEHIND)
}

/** Seven digits or more on the same line, with blanks and dashes between, and no sign of money. */
function longNumber(behind: string): boolean {
  const line = behind.split('\n', 1)[0] ?? ''
  const found = /\d[\d .-]{5,}\d/.exec(line)
  return found !== null && found[0].replace(/\D/g, '').length >= 7
}

function says(text: string, from: number, to: number): boolean {
  for (let i = from; i < to && i < text.length; i++) {
    if (text.charCodeAt(i) === 10) return false
    if (!BANKING.starts(text.charCodeAt(i)) || !isEdge(text, i) || isDigit(text, i)) continue
    if (BANKING.longest(text, i, (_, end) => end <= to && isEdge(text, end)) !== null) return true
  }
  return false
}
