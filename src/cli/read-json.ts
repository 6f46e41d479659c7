import type { Refusal } from '../extract/reading.ts'
import type { PieceRead, WholeRead } from './read-file.ts'
import type { TextSource } from './text-source.ts'

/** Near misses kept of one file. */
const MOST_REFUSED = 1_000

/**
 * One file as a JSON object, written while it is read. The contract of the command line: scripts depend on the names
 * `file`, `language`, `facts`, `indicators` and `lure`. `note` and `text` stand there when the text is not the file's
 * own characters in UTF-8, so that offsets have a text to point into.
 */
export class JsonFile {
  private readonly source: TextSource
  private readonly print: (text: string) => Promise<void>
  private begun = false
  private told = false
  private facts = 0
  private language = 'und'
  private readonly refused: Refusal[] = []
  private text = ''

  constructor(source: TextSource, print: (text: string) => Promise<void>) {
    this.source = source
    this.print = print
  }

  async piece({ reading, text }: PieceRead): Promise<void> {
    if (this.language === 'und') this.language = reading.language
    let out = this.begun ? '' : `{"file":${JSON.stringify(this.source.file)},${this.head()}"facts":[`
    this.begun = true
    for (const fact of reading.facts) out += `${this.facts++ === 0 ? '' : ','}${JSON.stringify(fact)}`
    this.refused.push(...reading.refused.slice(0, MOST_REFUSED - this.refused.length))
    if (this.source.converted) this.text += text
    await this.print(out)
  }

  /** The language in front of the facts when the first piece tells it, else behind them. */
  private head(): string {
    this.told = this.language !== 'und'
    return this.told ? `"language":${JSON.stringify(this.language)},` : ''
  }

  async end({ assessment, lure }: WholeRead): Promise<void> {
    const { indicators, elements, safeguarding, support } = assessment
    const note = this.source.note()
    const rest = {
      ...(this.told ? {} : { language: this.language }),
      ...{ indicators, lure, elements, safeguarding, support, refused: this.refused },
      ...(note === null ? {} : { encoding: this.source.encoding, note }),
      ...(this.source.converted ? { text: this.text } : {}),
    }
    await this.print(`],${JSON.stringify(rest).slice(1)}`)
  }
}
