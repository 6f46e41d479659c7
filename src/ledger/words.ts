import { formatMoney } from '../core/money.ts'
import { NO_CURRENCY } from './amount-sql.ts'
import type { Row } from './engine.ts'
import type { RunningRule, Unit } from './rule.ts'

/** What turns numbers of a book back into names and times. */
export interface Names {
  readonly accountName: (account: number) => string
  readonly formatTime: (ms: number) => string
}

/** An amount for people; a book without currency shows the bare number. */
export function money(minor: bigint | number, currency: string): string {
  return currency === NO_CURRENCY
    ? formatMoney(minor, 'USD').replace('USD ', '')
    : formatMoney(minor, currency)
}

/**
 * A figure of a reason: `{share:sent}`, `{money:received}`, `{account:other}`, `{time:from_ms}`, `{sent}`; with the word
 * that it counts, `{payers payer}` or `{parties party|parties}`; and what agrees with a count, `{claims?is|are}`.
 */
const PLACE = /\{(?:(\w+):)?(\w+)(?:([ ?])([^{}|]+)(?:\|([^{}|]+))?)?\}/g

/** The rule's sentence with the figures of one hit in it; a name that both have is taken from `first`. */
export function sentence(
  template: string,
  { rule, row, names, first }: { rule: RunningRule; row: Row; names: Names; first: 'figures' | 'thresholds' },
): string {
  return template
    .replace(PLACE, (_, as: string | undefined, name: string, sign?: string, one = '', many = `${one}s`) => {
      const threshold = rule.thresholds[name]
      const isLine = threshold && (first === 'thresholds' || row[name] === undefined)
      const word = Number(isLine ? threshold.value : row[name]) === 1 ? one : many
      if (sign === '?') return word
      const value = isLine
        ? inUnit(threshold.value, threshold.unit)
        : figure(as ?? 'number', row[name] ?? null, { row, names })
      return sign === undefined ? value : `${value} ${word}`
    })
    .replace(/\s+/g, ' ')
    .trim()
}

function figure(as: string, value: Row[string], { row, names }: { row: Row; names: Names }): string {
  if (value === null) return 'not known'
  if (as === 'money') return money(whole(value), String(row.currency ?? NO_CURRENCY))
  if (as === 'cents') return `about ${dollars(Math.round(Number(value) / 100))}`
  if (as === 'share') return `${Math.round(Number(value) * 100)} %`
  if (as === 'account') return names.accountName(Number(value))
  if (as === 'time') return names.formatTime(Number(value))
  if (as === 'span') return span(Number(value))
  if (as === 'text') return String(value).slice(0, 80)
  return plain(Number(value))
}

const dollars = (value: number) =>
  `${value.toLocaleString('en')} ${value === 1 ? 'dollar' : 'dollars'} or the like`
const whole = (value: Row[string]) => (typeof value === 'bigint' ? value : BigInt(Math.round(Number(value))))
const plain = (value: number) => (Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1))

/** Milliseconds in the largest unit that keeps them readable. */
export function span(ms: number): string {
  if (ms === 0) return 'the same moment'
  for (const [size, name] of [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const)
    if (Math.abs(ms) >= size) {
      const count = Math.round((ms / size) * 10) / 10
      return `${plain(count)} ${name}${count === 1 ? '' : 's'}`
    }
  const seconds = Math.round(ms / 1000)
  return seconds === 0 ? 'less than a second' : `${seconds} second${seconds === 1 ? '' : 's'}`
}

export function inUnit(value: number, unit: Unit): string {
  if (unit === 'share') return `${Math.round(value * 100)} %`
  if (unit === 'money') return dollars(value)
  if (unit === 'count') return plain(value)
  if (unit === 'times') return value === 1 ? 'once' : `${plain(value)} times`
  return `${plain(value)} ${value === 1 ? unit.slice(0, -1) : unit}`
}

/** The line, what it counts, and how far beyond it the hit is. */
export function beyond(rule: RunningRule, measured: number): string {
  const threshold = rule.thresholds[rule.measure.threshold]
  if (!threshold) return ''
  const line = `${threshold.means ? `The line (${threshold.means})` : 'The line'} is ${inUnit(threshold.value, threshold.unit)}`
  const here = measureWords(measured, rule.measure.unit)
  if (measured === threshold.value) return `${line}, and this is exactly on it.`
  if (threshold.value === 0) return `${line}; here it is ${here}.`
  const share = Math.round((measured / threshold.value - 1) * 100)
  return `${line}; here it is ${here}${share > 0 ? `, ${share.toLocaleString('en')} % beyond it` : ''}.`
}

/** A share is told in whole per cent, money in whole units, the rest to a tenth. */
function measureWords(value: number, unit: Unit): string {
  if (unit === 'share') return inUnit(value, unit)
  return inUnit(unit === 'money' ? Math.round(value) : Math.round(value * 10) / 10, unit)
}
