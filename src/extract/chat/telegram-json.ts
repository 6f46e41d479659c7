/** One message of a Telegram export; offsets are into the file. */
export interface ExportMessage {
  readonly speaker: string
  readonly at: string | null
  readonly start: number
  readonly end: number
  /** Behind the brace that closes it. */
  readonly close: number
}

/** The parts of a message that matter, as they stand in the file. */
interface Parts {
  from: string
  date: string | null
  start: number
  end: number
}

/** How deep exports nest at most: file, list of chats, chat, messages, message, text, part. */
const DEEPEST = 64

/**
 * The messages of Telegram's result.json; null when the text is not one. The file is walked sign by sign, so that
 * each message keeps its place, and a file that is cut off still gives the messages before the cut.
 */
export function readTelegramExport(source: string): TelegramExport | null {
  if (!/^\s*\{/.test(source.slice(0, 100)) || !source.includes('"messages"')) return null
  const walker = new Walker(source)
  walker.run()
  return walker.messages.length > 0 ? { messages: walker.messages, files: walker.files } : null
}

/** What stands outside `files` was typed or pasted beside them, and is read as plain words. */
export interface TelegramExport {
  readonly messages: readonly ExportMessage[]
  readonly files: readonly { readonly start: number; readonly end: number }[]
}

interface Level {
  readonly list: boolean
  /** The key whose value this is. */
  readonly key: string
  /** Set on a message. */
  readonly parts: Parts | null
}

class Walker {
  readonly messages: ExportMessage[] = []
  /** From the outermost brace to the one that closes it, where there are messages between. */
  readonly files: { start: number; end: number }[] = []
  private opened = 0
  private known = 0
  private readonly source: string
  private readonly levels: Level[] = []
  private key = ''
  private expectsKey = false

  constructor(source: string) {
    this.source = source
  }

  run(): void {
    for (let i = 0; i < this.source.length && this.levels.length <= DEEPEST; i++) {
      const sign = this.source[i]
      if (sign === '"') i = this.readString(i)
      else if (sign === '{' || sign === '[') {
        if (this.levels.length === 0) this.opened = i
        this.open(sign === '[')
      } else if (sign === '}' || sign === ']') {
        this.close(i + 1)
        if (this.levels.length === 0) this.endFile(i + 1)
      } else if (sign === ',') this.expectsKey = this.levels.at(-1)?.list === false
    }
    // A file that is cut off goes on to the end.
    if (this.levels.length > 0) this.endFile(this.source.length)
  }

  private endFile(end: number): void {
    if (this.messages.length > this.known) this.files.push({ start: this.opened, end })
    this.known = this.messages.length
  }

  private open(list: boolean): void {
    const above = this.levels.at(-1)
    const isMessage = !list && above?.list === true && above.key === 'messages'
    const parts = isMessage ? { from: '', date: null, start: -1, end: -1 } : null
    this.levels.push({ list, key: this.key, parts })
    this.expectsKey = !list
  }

  private close(behind: number): void {
    const parts = this.levels.pop()?.parts
    this.expectsKey = false
    if (!parts || parts.start < 0 || parts.end <= parts.start) return
    this.messages.push({
      speaker: parts.from,
      at: parts.date,
      start: parts.start,
      end: parts.end,
      close: behind,
    })
  }

  /** Reads the string that opens at `i` and returns where it closes. */
  private readString(i: number): number {
    let end = i + 1
    while (end < this.source.length && this.source[end] !== '"') end += this.source[end] === '\\' ? 2 : 1
    if (this.expectsKey) {
      this.key = this.source.slice(i + 1, end)
      this.expectsKey = false
      return end
    }
    this.note(i + 1, Math.min(end, this.source.length))
    return end
  }

  /** A string value: kept when it is the sender, the date or a part of the text of the message it stands in. */
  private note(start: number, end: number): void {
    const depth = this.levels.findLastIndex((level) => level.parts !== null)
    const parts = this.levels[depth]?.parts
    if (!parts) return
    const inside = this.levels.length - 1 - depth
    const within = this.levels[depth + 1]?.key
    if (inside === 0 && this.key === 'from') parts.from = unescaped(this.source.slice(start, end))
    else if (inside === 0 && this.key === 'date') parts.date = this.source.slice(start, end)
    else if (
      (inside === 0 && this.key === 'text') ||
      (within === 'text' && (inside === 1 || this.key === 'text'))
    ) {
      parts.start = parts.start < 0 ? start : parts.start
      parts.end = end
    }
  }
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`))
  } catch {
    // A cut-off escape: the name as it is written says more than none.
    return written
  }
}
