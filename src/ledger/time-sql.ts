import { latinDigits } from './amount-sql.ts'
import type { StepUnit } from './columns.ts'

/** How the times of one file are written, judged by a sample of its rows. */
export interface TimeStyle {
  readonly kind: 'iso' | 'step' | 'epoch' | 'compact' | 'local'
  /** For steps: the unit. For epochs: milliseconds per unit. */
  readonly unit: number
  readonly dayFirst: boolean
  readonly buddhist: boolean
  /** The sample held no day above 12: day first is a guess that the caller should say. */
  readonly guessed: boolean
}

export const STEP_MS: Record<StepUnit, number> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
}

const LOCAL = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})/

/** Judges by the sample; `step` says what a small whole number counts. */
export function timeStyle(
  values: readonly string[],
  { step, dates }: { step: StepUnit; dates: 'day-first' | 'month-first' | null },
): TimeStyle {
  const filled = values.filter((value) => value.trim() !== '')
  const years = filled.flatMap((value) => /(?<!\d)(2[45]\d{2})(?!\d)/.exec(value)?.[1] ?? [])
  const base = { unit: 0, dayFirst: true, guessed: false, buddhist: years.length > 0 }
  const most = (test: RegExp) => filled.filter((value) => test.test(value)).length * 2 > filled.length
  if (most(/^\s*-?\d+(?:\.0+)?\s*$/)) return { ...base, ...wholeNumber(filled, step), buddhist: false }
  if (!most(LOCAL)) return { ...base, kind: 'iso' }
  const pairs = filled.flatMap((value) => {
    const [, a, b] = LOCAL.exec(value) ?? []
    return a && b ? [[Number(a), Number(b)] as const] : []
  })
  const dayFirst = pairs.some(([a]) => a > 12)
  const monthFirst = pairs.some(([, b]) => b > 12)
  const judged = dates ? dates === 'day-first' : dayFirst || !monthFirst
  return { ...base, kind: 'local', dayFirst: judged, guessed: !dates && !dayFirst && !monthFirst }
}

function wholeNumber(values: readonly string[], step: StepUnit): Pick<TimeStyle, 'kind' | 'unit'> {
  const sizes = values.map(Number).filter(Number.isFinite)
  const largest = sizes.reduce((most, it) => Math.max(most, it), 0)
  const dates = values.filter((it) =>
    /^\s*(?:19|2[05])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?\s*$/.test(it),
  )
  if (dates.length * 2 > values.length) return { kind: 'compact', unit: 0 }
  if (largest > 1e16) return { kind: 'epoch', unit: 1e-6 }
  if (largest > 1e14) return { kind: 'epoch', unit: 1e-3 }
  if (largest > 1e11) return { kind: 'epoch', unit: 1 }
  if (largest > 1e8) return { kind: 'epoch', unit: 1_000 }
  return { kind: 'step', unit: STEP_MS[step] }
}

/** SQL for a time text as milliseconds since 1970 in UTC (steps: since step 0), null when it cannot be read. */
export function timeSql(text: string, style: TimeStyle): string {
  if (style.kind === 'step') return `cast(try_cast(${text} as decimal(18, 3)) * ${style.unit} as bigint)`
  if (style.kind === 'epoch')
    return style.unit < 1
      ? `try_cast(${text} as bigint) // ${Math.round(1 / style.unit)}`
      : `try_cast(${text} as bigint) * ${style.unit}`
  const digits = style.buddhist ? commonEra(latinDigits(text)) : text
  if (style.kind === 'compact')
    return `epoch_ms(try_strptime(trim(${digits}), ['%Y%m%d', '%Y%m%d%H%M%S', '%Y%m%d%H%M']))`
  // plain or in UTC is nearly everything, and a fifth of the cost
  const utc = `case when regexp_full_match(${digits}, '\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?Z?)?') then epoch_ms(try_cast(${digits} as timestamp)) end`
  // which zones a name stands for, DuckDB knows on one machine and not in a browser: no name is taken but UTC
  const zoned = `case when not ${namesZone(digits)} then epoch_ms(cast(try_cast(${digits} as timestamptz) as timestamp)) end`
  const iso = `coalesce(${utc}, ${zoned})`
  const local = localSql(style.buddhist ? digits : latinDigits(text), style.dayFirst)
  return style.kind === 'iso' ? `coalesce(${iso}, ${local})` : `coalesce(${local}, ${iso})`
}

/** SQL: the text ends in a zone's name, such as Asia/Bangkok or ICT, and not in an offset, Z or UTC. */
export const namesZone = (text: string) =>
  `(regexp_matches(${text}, ':\\d\\d(\\.\\d+)? *[A-Za-z][A-Za-z_/+-]{2,}[0-9]* *$') and not regexp_matches(${text}, 'UTC *$'))`

/** Thai years are 543 ahead: 2567 is 2024. Only years from 2400 to 2599 can be meant. */
function commonEra(text: string): string {
  const year = `regexp_extract(${text}, '(?:^|\\D)(2[45]\\d\\d)(?:\\d{4}|\\D|$)', 1)`
  return `case when ${year} <> '' then replace(${text}, ${year}, cast(cast(${year} as integer) - 543 as varchar)) else ${text} end`
}

function localSql(text: string, dayFirst: boolean): string {
  const date = dayFirst ? '%d/%m' : '%m/%d'
  const formats = ['%Y', '%y'].flatMap((year) =>
    ['', ' %H:%M', ' %H:%M:%S', ' %H:%M:%S.%f', ' %I:%M %p', ' %I:%M:%S %p'].map(
      (time) => `'${date}/${year}${time}'`,
    ),
  )
  const slashed = `regexp_replace(trim(${text}), '^(\\d{1,2})[-./](\\d{1,2})[-./](\\d{2,4})[T,]?', '\\1/\\2/\\3')`
  return `epoch_ms(try_strptime(${slashed}, [${formats.join(', ')}]))`
}
