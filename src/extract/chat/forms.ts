import { lineHeaders, mayBeDay } from './line-app.ts'
import { colonIn, type Header, type Line } from './shape.ts'
import { LONGEST_LABEL, smsHeaders } from './sms.ts'
import { spokenHeaders } from './spoken.ts'
import { hasTime } from './stamp.ts'
import {
  endsStamp,
  opensStamp,
  qqHeader,
  stackedHeader,
  telegramHeader,
  trailingHeader,
  whatsappHeader,
} from './stamped.ts'

/** How a chat was exported or copied. `copied`: names and words, without times. */
export type ChatForm =
  | 'whatsapp'
  | 'telegram'
  | 'telegram-json'
  | 'line'
  | 'zalo-or-wechat'
  | 'wechat'
  | 'qq'
  | 'sms'
  | 'sms-backup'
  | 'copied'

/** A form and where its messages begin. */
export interface Found {
  readonly form: ChatForm
  readonly headers: readonly Header[]
}

interface Form {
  readonly form: ChatForm
  /** How many messages make it certain: one where the header cannot be anything else. */
  readonly least: number
  /** Whether lines with these signs may be of this form: the quick look. */
  readonly may: (signs: Signs) => boolean
  readonly read: (text: string, lines: readonly Line[]) => Header[]
}

const each =
  (read: (text: string, line: Line) => Header | null) => (text: string, lines: readonly Line[]) => {
    const headers: Header[] = []
    for (let i = 0; i < lines.length; i++) {
      const header = read(text, lines[i] as Line)
      if (header !== null) headers.push(header)
    }
    return headers
  }

const FORMS: readonly Form[] = [
  { form: 'whatsapp', least: 1, may: ({ opens }) => opens, read: each(whatsappHeader) },
  { form: 'telegram', least: 1, may: ({ brackets }) => brackets, read: each(telegramHeader) },
  { form: 'line', least: 2, may: ({ days }) => days, read: lineHeaders },
  { form: 'sms', least: 1, may: ({ labels }) => labels, read: smsHeaders },
  { form: 'qq', least: 2, may: ({ opens }) => opens, read: each(qqHeader) },
  { form: 'zalo-or-wechat', least: 2, may: ({ ends }) => ends, read: each(trailingHeader) },
  { form: 'wechat', least: 2, may: ({ opens }) => opens, read: stackedHeaders },
]

/** Lines looked at together: a long text is read in all forms only until one of them is found. */
const SAMPLE = 300

/** The form with most headers in the first part of the text that has any, read through to the end. */
export function bestForm(text: string, lines: readonly Line[]): Found | null {
  for (let from = 0; from < lines.length; from += SAMPLE) {
    const sample = lines.length <= SAMPLE ? lines : lines.slice(from, from + SAMPLE)
    const best = bestOf(text, sample)
    if (best === null) continue
    const { form } = best
    return { form, headers: sample === lines ? best.headers : readAll(form, text, lines) }
  }
  const spoken = spokenHeaders(text, lines)
  return spoken.length > 0 ? { form: 'copied', headers: spoken } : null
}

/**
 * The form with most messages in some lines, of equals the first; null when none has enough.
 * @param without  forms that it is not
 */
export function bestOf(
  text: string,
  lines: readonly Line[],
  without: readonly ChatForm[] = [],
): Found | null {
  const signs = signsOf(text, lines)
  if (signs === null) return null
  let best: Found | null = null
  let most = 0
  for (const form of FORMS) {
    if (!form.may(signs) || without.includes(form.form)) continue
    const headers = form.read(text, lines)
    const count = messagesIn(headers)
    if (count < form.least || count <= most) continue
    best = { form: form.form, headers }
    most = count
  }
  return best
}

function readAll(wanted: ChatForm, text: string, lines: readonly Line[]): Header[] {
  return FORMS.find(({ form }) => form === wanted)?.read(text, lines) ?? []
}

/** What lines with times show: stamps that open or end one, days, labels, a bracket behind a name. */
interface Signs {
  opens: boolean
  ends: boolean
  days: boolean
  labels: boolean
  readonly brackets: boolean
}

/** Null for lines without a time of day: most texts are no chats, and need no further look. */
function signsOf(text: string, lines: readonly Line[]): Signs | null {
  const timed = lines.filter((line) => hasTime(text, line))
  if (timed.length === 0) return null
  return {
    opens: timed.some((line) => opensStamp(text, line)),
    ends: timed.some((line) => endsStamp(text, line)),
    days: lines.some((line) => mayBeDay(text, line)),
    labels: lines.some((line) => colonIn(text, line, LONGEST_LABEL) >= 0),
    brackets: timed.some(({ start, end }) => text.slice(start, end).includes(', [')),
  }
}

function messagesIn(headers: readonly Header[]): number {
  let count = 0
  for (let i = 0; i < headers.length; i++) if ((headers[i] as Header).speaker !== null) count++
  return count
}

function stackedHeaders(text: string, lines: readonly Line[]): Header[] {
  const filled = lines.filter(({ start, end }) => end > start)
  return filled.flatMap((line, i) => {
    const name = filled[i - 1]
    return (name === undefined ? null : stackedHeader(text, name, line)) ?? []
  })
}
