import { CHAT } from '../lexicon/chat.ts'
import { DATES } from '../lexicon/dates.ts'
import { parseForm } from '../lexicon/form.ts'
import { isDigit } from '../script.ts'
import { type Header, type Line, LONGEST_NAME } from './shape.ts'
import { dayAt, type RawDay, timeAt } from './stamp.ts'

interface TimedLine {
  readonly line: Line
  readonly day: RawDay
  readonly time: { readonly time: string; readonly capitals: boolean }
  /** Where the name begins. */
  readonly from: number
}

/**
 * The LINE export: a day on a line of its own, then `09:14 Name words`, parted by tabs or blanks.
 * With blanks a name is found by the title of the export, else by what several lines begin with.
 */
export function lineHeaders(text: string, lines: readonly Line[]): Header[] {
  const timed: TimedLine[] = []
  const days: Header[] = []
  const titles = new Set(titlesIn(text, lines, 0))
  let day: RawDay | null = null
  for (const [i, line] of lines.entries()) {
    const found = dayLine(text, line)
    if (found !== null) {
      day = found
      // an export that was pasted under other words
      for (const title of titlesIn(text, lines, i - 4)) titles.add(title)
      days.push({ start: line.start, end: line.end, speaker: null, stamp: null })
    } else if (day !== null) {
      const time = timeAt(text, line.start)
      if (time !== null && time.end < line.end && /[ \t]/.test(text[time.end] ?? ''))
        timed.push({ line, day, time: time.value, from: time.end + 1 })
    }
  }
  if (timed.length === 0) return []
  const names = namesOf(text, [...lines.slice(0, 1), ...titles], timed)
  const headers = timed.map((it) => toHeader(text, it, names))
  const saved = [...titles].map(({ start, end }) => ({ start, end, speaker: null, stamp: null }))
  const believed =
    saved.length > 0 ||
    timed.filter(({ from, line }) => text.slice(from, line.end).includes('\t')).length >= 2
  return believed ? [...saved, ...days, ...headers].sort((a, b) => a.start - b.start) : []
}

/** Whether a line is as long as a day and has a digit near its head: the quick look. */
export function mayBeDay(text: string, line: Line): boolean {
  return firstDigit(text, line) >= 0
}

/** How far behind its start a line as long as a day has its first digit; -1 when it is none or stands too far. */
function firstDigit(text: string, { start, end }: Line): number {
  if (end - start < 8 || end - start > 40) return -1
  for (let i = start; i <= start + 12 && i < end; i++) if (isDigit(text, i)) return i - start
  return -1
}

/** `2024.05.18 Saturday`, `ส. 18/05/2567`, `Sat, 05/18/2024`, `2024年5月18日 星期六`: a day and its weekday, nothing else. */
function dayLine(text: string, { start, end }: Line): RawDay | null {
  const at = firstDigit(text, { start, end })
  if (at < 0) return null
  const line = text.slice(start, end)
  const day = dayAt(text, start + at)
  if (day === null || day.end > end || /[\d:]/.test(text.slice(day.end, end))) return null
  return /^[\p{L}\p{M}.,() ]*$/u.test(line.slice(0, at)) &&
    /^[\p{L}\p{M}.,() ]{0,20}$/u.test(text.slice(day.end, end))
    ? byWeekday(day.value, `${line.slice(0, at)} ${text.slice(day.end, end)}`)
    : null
}

/** `Fri, 1/5/2024`: where day and month could change places, the weekday beside them tells which is which. */
function byWeekday(day: RawDay, beside: string): RawDay {
  const word = /\p{L}{3,}/u.exec(beside)?.[0].toLowerCase()
  if (word === undefined || day.dayFirst === null || day.monthFirst === null) return day
  const weekday = DATES.weekdays.findIndex((forms) =>
    forms.some((marked) => parseForm(marked).form.startsWith(word)),
  )
  const fits = (iso: string) => (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7 === weekday
  const [dayFits, monthFits] = [fits(day.dayFirst), fits(day.monthFirst)]
  if (dayFits === monthFits) return day
  return dayFits ? { ...day, monthFirst: null } : { ...day, dayFirst: null }
}

/** What opens an export, among the four lines from there. */
function titlesIn(text: string, lines: readonly Line[], from: number): Line[] {
  return lines.slice(Math.max(0, from), Math.max(0, from + 4)).filter((line) => isTitle(text, line))
}

function isTitle(text: string, { start, end }: Line): boolean {
  const line = text.slice(start, end)
  return line.startsWith('[LINE]') || CHAT.line_saved.some((word) => line.startsWith(word))
}

function toHeader(text: string, { line, day, time, from }: TimedLine, names: readonly string[]): Header {
  const stamp = { day, time }
  const tab = text.indexOf('\t', from)
  if (tab > 0 && tab < line.end && tab - from <= LONGEST_NAME)
    return { start: line.start, end: tab + 1, speaker: text.slice(from, tab).trim(), stamp }
  const name = names.find((it) => text.startsWith(it, from) && /\s|^$/.test(text[from + it.length] ?? ''))
  if (name === undefined) return { start: line.start, end: from, speaker: null, stamp }
  return { start: line.start, end: Math.min(from + name.length + 1, line.end), speaker: name, stamp }
}

/** Names, longest first: the one in a title among the lines at the top, and the first words that several lines share. */
function namesOf(text: string, tops: readonly Line[], timed: readonly TimedLine[]): string[] {
  const title =
    tops.map(({ start, end }) => titleName(text.slice(start, end))).find((it) => it !== null) ?? null
  const groups = new Map<string, string[][]>()
  for (const { from, line } of timed) {
    const rest = text.slice(from, Math.min(line.end, from + 200))
    if (title !== null && rest.startsWith(`${title} `)) continue
    const words = rest.split(' ')
    groups.set(words[0] ?? '', [...(groups.get(words[0] ?? '') ?? []), words])
  }
  const names = [...groups].map(([word, uses]) => (uses.length > 1 ? sharedWords(uses) : word))
  return [...(title === null ? [] : [title]), ...names]
    .filter((it) => it !== '')
    .sort((a, b) => b.length - a.length)
}

/** At most three words that all uses begin with, always leaving one for the message. */
function sharedWords(uses: readonly string[][]): string {
  const [one = []] = uses
  const most = Math.min(3, ...uses.map((words) => words.length - 1))
  let shared = 1
  while (shared < most && uses.every((words) => words[shared] === one[shared])) shared++
  return one.slice(0, shared).join(' ')
}

function titleName(line: string): string | null {
  for (const title of CHAT.line_titles) {
    const [front = '', back = ''] = title.split('NAME')
    if (line.startsWith(front) && line.endsWith(back) && line.length > front.length + back.length)
      return line.slice(front.length, line.length - back.length).trim()
  }
  return null
}
