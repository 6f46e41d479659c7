import { CURRENCIES, exponentOf } from '../core/money.ts'

/** ISO 4217's code for “no currency”: a book that names none. Counted with two decimals. */
export const NO_CURRENCY = 'XXX'
/** Decimals of a currency's minor unit, 2 for a book without currency. */
export const decimalsOf = (currency: string) => (currency === NO_CURRENCY ? 2 : exponentOf(currency))
/** Every currency that a book can hold, by decimals, then by code; their order is the code that batches carry. */
export const BOOK_CURRENCIES: readonly string[] = [...CURRENCIES, NO_CURRENCY].sort(
  (a, b) => decimalsOf(a) - decimalsOf(b) || (a < b ? -1 : 1),
)

const DIGITS = [
  '٠١٢٣٤٥٦٧٨٩',
  '۰۱۲۳۴۵۶۷۸۹',
  '०१२३४५६७८९',
  '০১২৩৪৫৬৭৮৯',
  '๐๑๒๓๔๕๖๗๘๙',
  '໐໑໒໓໔໕໖໗໘໙',
  '០១២៣៤៥៦៧៨៩',
  '၀၁၂၃၄၅၆၇၈၉',
  '０１２３４５６７８９',
]
const FOREIGN = DIGITS.join('')
const LATIN = '0123456789'.repeat(DIGITS.length)
/** A text with the digits of other scripts as 0 to 9. */
export const latinDigits = (text: string) => `translate(${text}, '${FOREIGN}', '${LATIN}')`

/** The first currency with more than four decimals: tokens begin here. */
const FINE = BOOK_CURRENCIES.findIndex((code) => decimalsOf(code) > 4)

/**
 * SQL for a plainly written amount, exactly, times 10^5 (10^9 for tokens) as a 64-bit integer; null for anything
 * that needs a closer look, which is what `slowAmountSql` is for. Apart, because text to decimal(38) costs a hundred
 * times as much, and DuckDB lifts what two branches share out of both. Most amounts take the first branch: no groups,
 * no sign, five decimals at most, and eight digits before them: nine, times 10^5, are more than decimal(18) holds.
 */
export function amountSql(text: string, style: 'point' | 'comma', currency: string): string {
  const [group, mark] = style === 'point' ? [',', '\\.'] : ['\\.', ',']
  const plain = `regexp_full_match(${text}, '\\s*\\+?(\\d+|\\d{1,3}(${group}\\d{3})+)(${mark}\\d*)?\\s*')`
  const number =
    style === 'point' ? `replace(${text}, ',', '')` : `replace(replace(${text}, '.', ''), ',', '.')`
  const fine = `enum_code(${currency}) >= ${FINE}`
  const plainest = style === 'point' ? text : `replace(${text}, ',', '.')`
  return `case when regexp_full_match(${text}, '\\d{1,8}(${mark}\\d{0,5})?') and not (${fine}) then cast(try_cast(${plainest} as decimal(18, 5)) * 100000 as bigint)
    when ${plain} then try_cast(trim(${number}) || case when ${fine} then 'e9' else 'e5' end as bigint) end`
}

/** SQL for how many of `amountSql`'s units one minor unit of a `book_currency` is. Ranges: a list would become a join. */
export function unitsSql(currency: string): string {
  const starts = BOOK_CURRENCIES.flatMap((code, i) => {
    const decimals = decimalsOf(code)
    return i > 0 && decimals === decimalsOf(BOOK_CURRENCIES[i - 1] ?? '') ? [] : [{ i, decimals }]
  })
  const cases = starts
    .reverse()
    .map(
      ({ i, decimals }) =>
        `when enum_code(${currency}) >= ${i} then ${10 ** ((decimals > 4 ? 9 : 5) - decimals)}`,
    )
  return `case ${cases.join(' ')} else 1000 end`
}

/**
 * SQL for an amount text as an exact decimal, null when it cannot be read. Grouped thousands must be well formed
 * (lakhs are); brackets are a minus, as accountants write it, and so is one behind; a currency may stand around it; digits of any script.
 */
export function slowAmountSql(text: string, style: 'point' | 'comma'): string {
  const bare = `regexp_replace(regexp_replace(${latinDigits(text)}, '^[\\s\\p{Sc}A-Za-z]+|[\\s\\p{Sc}A-Za-z]+$', '', 'g'), '[\\s\\x{00A0}\\x{202F}’'']', '', 'g')`
  const s = `regexp_replace(replace(regexp_replace(${bare}, '^\\((.*)\\)$', '-\\1'), '−', '-'), '^([0-9.,]+)-$', '-\\1')`
  const is = (pattern: string) => `regexp_full_match(${s}, '[-+]?${pattern}')`
  const noCommas = `replace(${s}, ',', '')`
  const commaToPoint = `replace(replace(${s}, '.', ''), ',', '.')`
  const point = `case when ${is('\\d{1,3}(,\\d{2,3})*,\\d{3}(\\.\\d*)?')} then ${noCommas}
    when ${is('\\d+,\\d{1,2}')} or ${is('\\d{1,3}(\\.\\d{3})+,\\d+')} then ${commaToPoint}
    when ${is('\\d*\\.?\\d*([eE][-+]?\\d+)?')} then ${s} end`
  const comma = `case when ${is('\\d{1,3}(\\.\\d{3})+(,\\d*)?')} or ${is('\\d+(,\\d*)?')} then ${commaToPoint}
    when ${is('\\d+\\.\\d{1,2}')} or ${is('\\d{1,3}(,\\d{3})+\\.\\d+')} then ${noCommas} end`
  return `try_cast(${style === 'point' ? point : comma} as decimal(38, 9))`
}

/** SQL for the factor from major to minor units of the currency in column `currency`. */
export const factorSql = (currency: string) =>
  `case ${casesOf(currency, (decimals) => 10 ** decimals)} else 100 end`

function casesOf(currency: string, value: (decimals: number) => number): string {
  const by = Map.groupBy(BOOK_CURRENCIES, decimalsOf)
  return [...by]
    .filter(([decimals]) => decimals !== 2)
    .map(([decimals, codes]) => `when ${currency} in ('${codes.join("','")}') then ${value(decimals)}`)
    .join(' ')
}
