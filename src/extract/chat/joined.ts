import { bestForm, bestOf, type ChatForm, type Found } from './forms.ts'
import { type Header, isNumber, type Line, linesOf } from './shape.ts'

/**
 * The chats that stand one after the other in one text, each with its own form and headers; most often one, none when the
 * text is no chat. The words of an export that was pasted under another would else be laid in the mouth, and to the hour,
 * of whoever wrote last above it.
 * Cost  linear in the text's length: lines are looked at again only where a message has several of them.
 */
export function joinedChats(text: string): Found[] {
  const lines = linesOf(text)
  const found = bestForm(text, lines)
  if (found === null) return []
  return found.form === 'copied' ? [found] : [found, ...within(text, lines, found, [found.form])]
}

/** Chats of other forms in front of a chat and in its messages; and so on in theirs. */
function within(
  text: string,
  lines: readonly Line[],
  { headers }: Found,
  known: readonly ChatForm[],
): Found[] {
  return gapsOf(lines, headers).flatMap((gap) => {
    const other = bestOf(text, gap, known)
    if (other === null || !isChat(text, other, gap)) return []
    return [other, ...within(text, gap, other, [...known, other.form])]
  })
}

/** The lines between the headers, wherever there are enough of them to be a chat. */
function gapsOf(lines: readonly Line[], headers: readonly Header[]): Line[][] {
  const gaps: Line[][] = []
  let gap: Line[] = []
  let next = 0
  const close = () => {
    if (gap.length > 1) gaps.push(gap)
    gap = []
  }
  for (const line of lines) {
    let header = headers[next]
    while (header !== undefined && header.end <= line.start && header.start < line.start)
      header = headers[++next]
    if (header === undefined || line.end < header.start || line.end === line.start) gap.push(line)
    else close()
  }
  close()
  return gaps
}

/**
 * Whether what reads like a chat inside another is one, not a line with a time that somebody quotes: two messages that say
 * something; and where the header is but words and a time, of two people, as a list of payments would else be one.
 */
function isChat(text: string, { form, headers }: Found, gap: readonly Line[]): boolean {
  const end = gap.at(-1)?.end ?? 0
  const said = headers.filter(
    ({ speaker, ...header }, i) =>
      speaker !== null &&
      (isNumber(speaker) || !/(?:^|\s)\d/.test(speaker)) &&
      text.slice(header.end, headers[i + 1]?.start ?? end).trim() !== '',
  )
  const isWeak = form === 'zalo-or-wechat' || form === 'wechat'
  return said.length > 1 && (!isWeak || new Set(said.map(({ speaker }) => speaker)).size > 1)
}
