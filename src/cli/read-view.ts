import type { Lure } from '../assess/lure.ts'
import type { Fact } from '../core/fact.ts'
import { formatMoney } from '../core/money.ts'
import type { Refusal } from '../extract/reading.ts'
import { onStdout as pc } from './colour.ts'
import { printable } from './printable.ts'
import type { PieceRead, WholeRead } from './read-file.ts'
import { safeguardingLines, signLines } from './signs-view.ts'

/** Different facts shown of one file; scripts and `--json` get all. */
const MOST_FACTS = 500
const MOST_REFUSED = 50
/** Different names that are looked for in the sentences shown. */
const MOST_NAMES = 500
const NAME = '[name]'

interface Shown {
  readonly fact: Fact
  readonly line: number
  times: number
}

/** One file for people: each different fact once, with the line it first stands on; then what the text speaks of. */
export class FileView {
  private readonly facts = new Map<string, Shown>()
  private more = 0
  private readonly refused: { refusal: Refusal; line: number }[] = []
  private lines = 1
  private languageWhy = ''
  private readonly speakers = new Set<string>()
  private messages = 0
  private names = 0
  private readonly spelled = new Set<string>()

  piece({ reading, text, start }: PieceRead): void {
    if (this.languageWhy === '' || reading.language !== 'und') this.languageWhy ||= reading.languageWhy
    const lineOf = lineCounter(text, start, this.lines)
    for (const fact of reading.facts) this.add(fact, lineOf(fact.start))
    const again = lineCounter(text, start, this.lines)
    for (const refusal of reading.refused.slice(0, MOST_REFUSED - this.refused.length))
      this.refused.push({ refusal, line: again(refusal.start) })
    for (const { speaker } of reading.messages ?? []) this.speakers.add(speaker)
    this.messages += reading.messages?.length ?? 0
    this.names += reading.names.length
    for (const { text } of reading.names) if (this.spelled.size < MOST_NAMES) this.spelled.add(text)
    this.lines = lineCounter(text, start, this.lines)(start + text.length)
  }

  private add(fact: Fact, line: number): void {
    const key = `${fact.kind} ${JSON.stringify(fact.normal)}`
    const there = this.facts.get(key)
    if (there) there.times++
    else if (this.facts.size < MOST_FACTS) this.facts.set(key, { fact, line, times: 1 })
    else this.more++
  }

  /** The lines of the view. */
  print(file: string, note: string | null, { assessment, lure }: WholeRead): string {
    const lines = [
      pc.bold(printable(file)),
      ...safeguardingLines(assessment),
      pc.dim(`  ${this.languageWhy}`),
    ]
    if (note) lines.push(pc.dim(`  ${printable(note)}`))
    if (this.messages > 0)
      lines.push(pc.dim(`  A chat: ${this.messages} messages of ${this.speakers.size} people.`))
    lines.push(...this.factLines(), ...this.refused.map(refusedLine))
    lines.push(...signLines(assessment, this.hide))
    if (lure) lines.push(...advertLines(lure, this.hide))
    lines.push(`  ${assessment.support}`)
    return `${lines.join('\n')}\n`
  }

  /** The words of a text without the names in it, which are not printed. */
  private readonly hide = (words: string): string => {
    let hidden = words
    for (const name of [...this.spelled].sort((a, b) => b.length - a.length))
      hidden = hidden.replaceAll(name, NAME)
    return hidden
  }

  private factLines(): string[] {
    if (this.facts.size === 0) return ['  no facts found', ...this.nameLines()]
    const width = Math.min(
      44,
      Math.max(...[...this.facts.values()].map(({ fact }) => shownValue(fact).length)),
    )
    const lines = [...this.facts.values()].map((it) => factLine(it, width))
    if (this.more > 0) lines.push(pc.dim(`  and ${this.more} more; --json prints all`))
    return [...lines, ...this.nameLines()]
  }

  private nameLines(): string[] {
    if (this.names === 0) return []
    const said = this.names === 1 ? 'A name of a person stands' : `${this.names} names of people stand`
    return [pc.dim(`  ${said} in the text. Names are only offered sealed, so they are not printed.`)]
  }
}

/** The line of an offset; asked with offsets that do not go back. */
function lineCounter(text: string, start: number, first: number): (offset: number) => number {
  let line = first
  let next = text.indexOf('\n')
  return (offset) => {
    for (; next >= 0 && next < offset - start; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}

function factLine({ fact, line, times }: Shown, width: number): string {
  const { kind, why, confidence } = fact
  const often = times > 1 ? pc.dim(` ×${times}`) : ''
  const where = pc.dim(`line ${line}`.padEnd(9))
  return `  ${where} ${pc.cyan(kind.padEnd(14))} ${shownValue(fact).padEnd(width)}${often}  ${sure(confidence)} ${pc.dim(printable(why))}`
}

function shownValue({ normal }: Fact): string {
  return printable(typeof normal === 'string' ? normal : money(normal))
}

function money({ minor, currency }: { minor: number; currency: string | null }): string {
  return currency ? formatMoney(minor, currency) : `${minor} minor units, currency not known`
}

function sure(confidence: number): string {
  if (confidence >= 0.95) return pc.green('sure:')
  return confidence >= 0.75 ? 'likely:' : pc.yellow('possible:')
}

function refusedLine({ refusal: { text, why }, line }: { refusal: Refusal; line: number }): string {
  return `  ${pc.dim(`line ${line}`.padEnd(9))} ${pc.yellow('not a fact')}     ${printable(text)}  ${pc.dim(printable(why))}`
}

function advertLines({ level, reasons, checks }: Lure, hide: (words: string) => string): string[] {
  const signs = reasons.map(({ name, line }) => `    ${name}  ${pc.dim(`“${printable(hide(line))}”`)}`)
  const before = level === 'none' ? [] : ['  Before you travel:', ...checks.map((check) => `    ${check}`)]
  return [`  A job advertisement; signs of a lure: ${pc.bold(level)}`, ...signs, ...before]
}
