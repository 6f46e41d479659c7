import type { Candidate, Context, Plain } from '../finder.ts'
import { type Label, labelsAround, labelsIn, runsNear } from '../labels.ts'
import { isAlphanumericUnit, type Run } from '../scan.ts'
import { swept } from '../sweep.ts'

/** Passport numbers and number plates, where a word names them; a passport also by its machine-readable zone. */
export function findDocuments(plain: Plain, _context: Context): Candidate[] {
  const { runs } = swept(plain)
  const found = machineReadable(plain)
  const passports = runsNear(plain, runs, ({ role }) => role === 'passport')
  const plates = runsNear(plain, runs, ({ role }) => role === 'plate' || role === 'vehicle')
  let reach = 0
  for (let i = 0; i < Math.max(passports.length, plates.length); i++) {
    const run = runs[i] as Run
    if (run.start < reach) continue
    const hit =
      (passports[i] === 1 ? passportAt(plain, run) : null) ?? (plates[i] === 1 ? plateAt(plain, run) : null)
    if (hit === null) continue
    found.push(hit)
    reach = hit.end
  }
  return found
}

/** Up to nine signs (ICAO Doc 9303-3): in the countries we meet up to three letters, then digits, then a letter or none. */
const PASSPORT = /^(?=.{7,9}$)[A-Z]{0,3}\d{6,9}[A-Z]?$/
/** Letters and digits in any order: only right behind the word. */
const MIXED = /^(?=.{7,9}$)(?:[A-Z]*\d){3}[A-Z0-9]*$/

function passportAt(plain: Plain, run: Run): Candidate | null {
  const { text } = plain
  const { end } = run
  if (end - run.start < 6 || end - run.start > 10) return null
  const lead = /(?:^|[^A-Za-z0-9])([A-Z]{1,2})[ -]$/.exec(
    text.slice(Math.max(0, run.start - 4), run.start),
  )?.[1]
  const start = lead === undefined ? run.start : run.start - lead.length - 1
  const normal = text.slice(start, end).toUpperCase().replace(/[ -]/g, '')
  const isUsual = PASSPORT.test(normal)
  if ((!isUsual && !MIXED.test(normal)) || text.charAt(end) === '-' || text.charAt(start - 1) === '+')
    return null
  if (/^\d+$/.test(normal) && (normal.length < 8 || normal.length > 9)) return null
  const label = nameOf(plain, start, end, 'passport')
  if (label === null || (!isUsual && start - label.end > 8)) return null
  const why = `named by "${text.slice(label.start, label.end)}", in the form of a passport number`
  return {
    kind: 'passport',
    start,
    end,
    value: normal,
    normal,
    confidence: start >= label.end && start - label.end < 4 ? 0.98 : /^\d/.test(normal) ? 0.88 : 0.94,
    why,
  }
}

/** Words that name something else; the others may stand between a word and its number. */
const QUIET: ReadonlySet<string> = new Set([
  'paying',
  'wallet',
  'site',
  'version',
  'ip',
  'vehicle',
  'digest',
  'swift',
  'bank',
  'plate',
  'phone',
  'number',
])

/** The word of this role before the number in its sentence, or directly behind it. */
function nameOf(plain: Plain, start: number, end: number, role: 'passport' | 'plate'): Label | null {
  const { before, after } = labelsAround(plain, start, end)
  const label = before.find((it) => it.role === role || !QUIET.has(it.role))
  if (label?.role === role) {
    const between = plain.text.slice(label.end, start)
    if (!/\d{5}|[.!?]\s+[A-Z]|[。！？।။៖]/.test(between) && between.length <= 48) return label
  }
  const [next] = after
  return next?.role === role && /^[ (]{0,2}$/.test(plain.text.slice(end, next.start)) ? next : null
}

/** Line two of a passport's machine-readable zone: number, its check digit, country. Source: ICAO Doc 9303-4. */
const ZONE = /^[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{14}[0-9<][0-9]/

function machineReadable({ text }: Plain): Candidate[] {
  const found: Candidate[] = []
  for (let at = text.indexOf('<'); at >= 0; ) {
    const start = text.lastIndexOf('\n', at) + 1
    const end = text.indexOf('\n', at)
    const hit = zoneAt(text, start)
    if (hit !== null) found.push(hit)
    at = end < 0 ? -1 : text.indexOf('<', end)
  }
  return found
}

function zoneAt(text: string, start: number): Candidate | null {
  const zone = ZONE.exec(text.slice(start, start + 44))?.[0]
  if (zone === undefined || checkDigit(zone.slice(0, 9)) !== Number(zone.charAt(9))) return null
  const normal = zone.slice(0, 9).split('<', 1).join('')
  if (!/\d/.test(normal)) return null
  const why = 'the number in a machine-readable zone; its check digit is right'
  return { kind: 'passport', start, end: start + normal.length, value: normal, normal, confidence: 1, why }
}

/** Weights 7, 3, 1; letters count from 10, the filler 0. */
function checkDigit(field: string): number {
  let sum = 0
  for (let i = 0; i < field.length; i++) {
    const value = field.charAt(i) === '<' ? 0 : Number.parseInt(field.charAt(i), 36)
    sum += value * ([7, 3, 1][i % 3] ?? 1)
  }
  return sum % 10
}

/**
 * Forms of number plates, in capitals, tried where a number stands. Those of the first list are like nothing else and need only
 * a word such as "car" near them, the others need "plate" or its like. Source: the forms each country's registry issues.
 */
const LIKE_NOTHING_ELSE = anyOf([
  /^\d?[\u0e01-\u0e2e]{1,3}[ -]?\d{1,4}$/, // TH กข 1234, 1กข 2345
  /^[\u0e81-\u0eae]{2}[ -]?\d{4}$/, // LA
  /^[\u4e00-\u9fff][A-Z][ ·.-]?[A-Z0-9]{5,6}$/, // CN
  /^\d{2}[A-Z]{1,2}\d?[ -]?\d{3}\.?\d{2}$/, // VN 51F-123.45
  /^\d{2}[A-Z]\d?[ -]\d{4}$/, // VN, older
  /^(?:[A-Z]{3} )?\d[A-Z]{1,2}[-/ ]\d{4}$/, // MM YGN 1A-2345, KH 2AB-1234
  /^[A-Z]{2}[ -]?\d{1,2}[A-Z]?[ -]?[A-Z]{1,3}[ -]?\d{4}$/, // IN
  /^[\u0980-\u09ff]+(?:[ -][\u0980-\u09ff]+){1,3}[ -]?\d{2}-\d{4}$/, // BD
  /^[A-Z]{2}\d{2} ?[A-Z]{3}$/, // GB
  /^(?:K[A-Z]{2} ?\d{3}[A-Z]|T ?\d{3} ?[A-Z]{3}|U[A-Z]{2} ?\d{3}[A-Z])$/, // KE, TZ, UG
])
const LIKE_OTHER_NUMBERS = anyOf([
  /^[A-Z]{1,2} ?\d{1,4} ?[A-Z]{1,3}$/, // ID, MY, SG
  /^[A-Z]{1,4}[ -]?\d{1,4}[ -]?[A-Z]?$/, // MY, SG, PH, HK, TW
  /^\d{2,4}[ -]?[A-Z]{2,3}$/, // TW, AU
  /^\d{1,3}[ -]\d{3,4}$/, // TH lorries, KH
  /^[A-Z]{2,3}[ -]?\d{2}[ -]?[A-Z0-9]{2,3}$/, // AU, US
])

/** One pattern for all of them. */
function anyOf(forms: readonly RegExp[]): RegExp {
  return new RegExp(forms.map(({ source }) => source).join('|'))
}

/** Units before and behind the digits that may belong to the plate. */
const BEFORE = 18
const BEHIND = 12

function plateAt(plain: Plain, run: Run): Candidate | null {
  if (run.end - run.start > 8) return null
  const near = labelsIn(plain, Math.max(0, run.start - 64), run.end + 20)
  if (!near.some(({ role }) => role === 'plate' || role === 'vehicle')) return null
  for (const { start, end } of spans(plain.text, run, near)) {
    const written = plain.text.slice(start, end)
    const alone = LIKE_NOTHING_ELSE.test(written)
    if (!alone && !LIKE_OTHER_NUMBERS.test(written)) continue
    const label = plateLabel(plain, start, end, alone)
    if (label === null) continue
    const normal = written.replace(/[ .·-]/g, '')
    const why = `named by "${plain.text.slice(label.start, label.end)}", in the form of a number plate`
    return { kind: 'plate', start, end, value: written, normal, confidence: alone ? 0.9 : 0.82, why }
  }
  return null
}

function plateLabel(plain: Plain, start: number, end: number, alone: boolean): Label | null {
  const named = nameOf(plain, start, end, 'plate')
  if (named !== null && start - named.end <= 24) return named
  if (!alone) return null
  const { before } = labelsAround(plain, start, end)
  const label = before.find(({ role }) => role === 'vehicle' || role === 'plate' || !QUIET.has(role))
  return label !== undefined &&
    (label.role === 'vehicle' || label.role === 'plate') &&
    start - label.end <= 32
    ? label
    : null
}

/** The words and groups around the digits, longest first, each ending at a blank or the like. */
function spans(text: string, run: Run, near: readonly Label[]): { start: number; end: number }[] {
  // In scripts without blanks the plate may follow its word directly.
  const words = near.map(({ end }) => end).filter((end) => end >= run.start - BEFORE / 2 && end < run.start)
  const starts = [...edges(text, run.start, -1, Math.max(0, run.start - BEFORE)), ...words]
  const ends = edges(text, run.end, 1, Math.min(text.length, run.end + BEHIND))
  const all = starts.flatMap((start) => ends.map((end) => ({ start, end })))
  return all.sort((a, b) => b.end - b.start - (a.end - a.start))
}

/** Where a piece may begin (or end) in the direction of `step`: at most three pieces, parted by a blank, dash or dot. */
function edges(text: string, from: number, step: 1 | -1, limit: number): number[] {
  const found = [from]
  let i = from
  for (let pieces = 0; pieces < 3; pieces++) {
    const next = step === 1 ? text.charAt(i) : text.charAt(i - 1)
    if (pieces > 0 || ' -.·/'.includes(next)) {
      if (!' -.·/'.includes(next) || next === '') break
      i += step
    }
    const begin = i
    for (; i !== limit && isPlateUnit(unitAt(text, i, step)); i += step) {
      // Where the alphabet changes a plate may begin: "車牌是AB 1234".
      if (i !== begin && unitAt(text, i, step) > 127 !== unitAt(text, i - step, step) > 127) found.push(i)
    }
    if (i === begin) break
    found.push(i)
  }
  return found
}

/** The unit that a step from `i` passes over. */
function unitAt(text: string, i: number, step: 1 | -1): number {
  return text.charCodeAt(step === 1 ? i : i - 1)
}

/** ASCII letters and digits, and letters and signs of the scripts plates are written in. */
function isPlateUnit(unit: number): boolean {
  return isAlphanumericUnit(unit) || (unit >= 0x0980 && unit <= 0x0eff) || (unit >= 0x4e00 && unit <= 0x9fff)
}
