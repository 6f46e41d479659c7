import { LONGEST_CELL } from '../core/decimal-style.ts'

/** How the times of one file are written, judged by a sample of its rows. */
export interface TimeStyle {
  readonly kind: 'iso' | 'step' | 'epoch' | 'compact' | 'local'
  /** Of an epoch: milliseconds per unit. */
  readonly unit: number
  readonly dayFirst: boolean
}

export interface RowTime {
  /** Milliseconds since 1970 in UTC, or a step. */
  readonly value: number
  readonly step: boolean
}

const ISO: TimeStyle = { kind: 'iso', unit: 0, dayFirst: true }
const WHOLE = /^-?\d+(?:\.0+)?$/
const LOCAL = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)(?:[T,]?\s*(.+))?$/
const COMPACT = /^((?:19|2[0-5])\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/
const DATED = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s]\s*(.+))?$/
const CLOCK =
  /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:([AaPp])\.?[Mm]\.?)?\s*(?:(Z|z|UTC)|([+-]\d\d):?(\d\d)?)?$/
/** The nought of each script whose digits banks write. */
const NOUGHTS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10]

/** Digits of other scripts as 0 to 9; everything else as it is. */
export function latinDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    const nought = NOUGHTS.find((it) => code >= it && code <= it + 9)
    return nought === undefined ? sign : String(code - nought)
  })
}

/** Which way the times of a file are written, as the command line's loader judges it; `dates` settles 03/04/2026. */
export function timeStyleOf(
  values: readonly string[],
  dates: 'day-first' | 'month-first' | null = null,
): TimeStyle {
  const filled = values
    .map((it) => latinDigits(it.trim()))
    .filter((it) => it !== '' && it.length <= LONGEST_CELL)
  const most = (test: RegExp) => filled.filter((it) => test.test(it)).length * 2 > filled.length
  if (most(WHOLE)) return wholeStyle(filled)
  if (!most(LOCAL)) return { ...ISO, dayFirst: dates !== 'month-first' }
  const pairs = filled.flatMap((it) => {
    const found = LOCAL.exec(it)
    return found ? [[Number(found[1]), Number(found[2])] as const] : []
  })
  const judged = pairs.some(([a]) => a > 12) || !pairs.some(([, b]) => b > 12)
  return { kind: 'local', unit: 0, dayFirst: dates ? dates === 'day-first' : judged }
}

function wholeStyle(values: readonly string[]): TimeStyle {
  const largest = values.reduce((most, it) => Math.max(most, Number(it) || 0), 0)
  const compact = values.filter((it) => {
    const found = COMPACT.exec(it)
    return found !== null && day(Number(found[1]), Number(found[2]), Number(found[3])) !== null
  })
  if (compact.length * 2 > values.length) return { ...ISO, kind: 'compact' }
  const epoch = (unit: number): TimeStyle => ({ ...ISO, kind: 'epoch', unit })
  if (largest > 1e16) return epoch(1e-6)
  if (largest > 1e14) return epoch(1e-3)
  if (largest > 1e11) return epoch(1)
  if (largest > 1e8) return epoch(1_000)
  return { ...ISO, kind: 'step' }
}

/** A time as a file or a person writes it; without a zone it is taken for UTC. Null when it is none. */
export function timeOf(written: string, style: TimeStyle = ISO): RowTime | null {
  const text = latinDigits(written.trim())
  if (text.length > LONGEST_CELL) return null
  const moment = (value: number | null) => (value === null ? null : { value, step: false })
  if (style.kind === 'compact') {
    const [, y, m, d, ...clock] = COMPACT.exec(text) ?? []
    if (y === undefined) return null
    const [hour = 0, minute = 0, second = 0] = clock.map((it) => Number(it ?? 0))
    return moment(at(day(Number(y), Number(m), Number(d)), inDay({ hour, minute, second })))
  }
  if (style.kind === 'epoch') return WHOLE.test(text) ? moment(epochOf(text, style.unit)) : null
  if (WHOLE.test(text) && text.length < 12) {
    const value = Number(text)
    return value < 0 ? null : { value, step: true }
  }
  const order = style.kind === 'local' ? [localOf, datedOf] : [datedOf, localOf]
  return moment(order.map((read) => read(text, style)).find((it) => it !== null) ?? null)
}

const epochOf = (text: string, unit: number): number =>
  unit >= 1 ? Number(text) * unit : Number(BigInt(text.replace(/\.0+$/, '')) / BigInt(Math.round(1 / unit)))

function datedOf(text: string): number | null {
  const [, y, m, d, clock] = DATED.exec(text) ?? []
  return y === undefined ? null : at(day(Number(y), Number(m), Number(d)), clockOf(clock))
}

function localOf(text: string, { dayFirst }: TimeStyle): number | null {
  const [, a, b, y = '', clock] = LOCAL.exec(text) ?? []
  if (a === undefined) return null
  const year = y.length === 4 ? Number(y) : Number(y) + (Number(y) < 69 ? 2_000 : 1_900)
  const [d, m] = dayFirst ? [a, b] : [b, a]
  return at(day(year, Number(m), Number(d)), clockOf(clock))
}

const at = (date: number | null, time: number | null) => (date === null || time === null ? null : date + time)

/** Midnight of a day that there is; years of the Thai calendar are 543 ahead. */
function day(year: number, month: number, date: number): number | null {
  const common = year >= 2_400 && year < 2_600 ? year - 543 : year
  const midnight = Date.UTC(common, month - 1, date)
  const it = new Date(midnight)
  return it.getUTCMonth() === month - 1 && it.getUTCDate() === date ? midnight : null
}

interface Clock {
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function inDay({ hour, minute, second }: Clock): number | null {
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null
  return ((hour * 60 + minute) * 60 + second) * 1_000
}

/** Milliseconds since midnight UTC of `10:05`, `10:05:07.250+07:00`, `1:05 PM`; a zone moves it. */
function clockOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return 0
  const found = CLOCK.exec(text.trim())
  if (!found) return null
  const [, h, minute, second = 0, fraction = '', half, , zoneHours, zoneMinutes = 0] = found
  const noon = half !== undefined && /p/i.test(half) ? 12 : 0
  if (half !== undefined && (Number(h) < 1 || Number(h) > 12)) return null
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + noon
  const whole = inDay({ hour, minute: Number(minute), second: Number(second) })
  if (whole === null) return null
  const sign = zoneHours?.startsWith('-') ? -1 : 1
  const offset = zoneHours === undefined ? 0 : Number(zoneHours) * 60 + sign * Number(zoneMinutes)
  return whole + Math.floor(Number(`0.${fraction || 0}`) * 1_000) - offset * 60_000
}
