import type { Content, Element, Indicator, Lexicon } from './content.ts'
import { type Range, type Sighting, sightings } from './find.ts'
import { ILO_INDICATORS } from './ilo.ts'
import { compileRules, type RuleSource, type Rules } from './rules.ts'
import { signSources, together } from './together.ts'
import { weigh } from './weigh.ts'

/** A sentence of the text: `text === source.slice(start, end)`, UTF-16 offsets. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
  /** In a chat: who wrote it and when. */
  readonly speaker?: string
  readonly at?: string
}

export interface IndicatorFinding {
  /** `FC-M11` and so on; see docs/reference/indicators.md. */
  readonly id: string
  readonly name: string
  readonly element: Element
  /** Whose story the sentences tell: the one who speaks, or somebody they speak of. */
  readonly about: 'speaker' | 'third person'
  readonly sentences: readonly Sentence[]
  /** One plain sentence: the words that were read so. */
  readonly why: string
}

/** `not mentioned` is not `no`: the text is silent. `denied`: the text says that it was not so. */
export type Coverage = 'supported' | 'not mentioned' | 'denied'

export interface Assessment {
  /** What the text says happened. */
  readonly indicators: readonly IndicatorFinding[]
  /** What the text says did not happen. */
  readonly denied: readonly IndicatorFinding[]
  /**
   * What it says of people in general, as advice, on a condition, in a story, or only asks, and a lone sign in a long text that
   * speaks of other things. Supports nothing.
   */
  readonly general: readonly IndicatorFinding[]
  readonly elements: { readonly act: Coverage; readonly means: Coverage; readonly purpose: Coverage }
  /** The ILO indicators of forced labour (2012) that the found ones map to. */
  readonly ilo: readonly {
    readonly id: number
    readonly name: string
    readonly indicators: readonly string[]
  }[]
  readonly safeguarding: null | { readonly why: string; readonly sentences: readonly Sentence[] }
  /** The support and non-punishment line: always there, whatever was found. */
  readonly support: string
}

export interface Message {
  readonly speaker: string
  readonly at: string
  /** Body of the message, UTF-16 offsets into the text. */
  readonly start: number
  readonly end: number
}

export interface AssessOptions {
  /** BCP 47 tag of the reader, for the support line; the text is read in every language that `content` has. */
  readonly language?: string
  /** Messages of a chat: headers between them are then not read, and sentences know who wrote them. */
  readonly messages?: readonly Message[] | null
}

const ENGLISH_SUPPORT =
  'Whatever was found here, offer support first: a person who was made to commit offences should not be punished for them, and no sign or lack of signs decides who is a victim.'

/** Rules of one content, compiled on first use and kept as long as the content is. */
const compiled = new WeakMap<Content, Rules>()

/**
 * The indicators of trafficking for forced criminality that a text supports, each with its sentences. It never scores
 * a person and never decides that someone is or is not a victim.
 * Cost     time linear in the text; the first call with a content also compiles it.
 * Throws   `invalid` when the content holds a pattern that cannot be read; never because of the text.
 */
export function assess(text: string, content: Content, options: AssessOptions = {}): Assessment {
  const rules = assessRules(content)
  const messages = options.messages ?? null
  const found = wholeText(weigh(sightings(rules, text, messages), { text, content }), {
    content,
    signs: () => sightings({ ...rules, ...rules.signs }, text, messages),
  })
  const at = { text, content, messages, speaker: speaks(found) }
  const indicators = findings(at, found, ['said'])
  const general = findings(at, found, ['general', 'conditional', 'asked', 'alone'])
  const denied = findings(at, found, ['denied'])
  return {
    indicators,
    denied,
    general,
    elements: {
      act: coverage(indicators, denied, 'Act'),
      means: coverage(indicators, denied, 'Means'),
      purpose: coverage(indicators, denied, 'Purpose'),
    },
    ilo: iloOf(indicators, content),
    safeguarding: safeguarding(findings(at, found, ['said', 'alone']), content),
    support: supportLine(content.lexicons, options.language),
  }
}

/** Compiles the content now rather than with the first text; returns how many patterns it holds. */
export function prepare(content: Content): number {
  return assessRules(content).rules.length
}

/** The rules of a content from elsewhere (`kept.ts`), so that they need not be compiled. */
export function takeAssessRules(content: Content, rules: Rules): void {
  compiled.set(content, rules)
}

export function assessRules(content: Content): Rules {
  const known = compiled.get(content)
  if (known) return known
  const sources: RuleSource[] = content.indicators.flatMap((indicator, owner) => [
    { owner, denial: false, patterns: indicator.patterns },
    { owner, denial: true, patterns: indicator.denials ?? {} },
  ])
  const context: RuleSource = {
    owner: content.indicators.length,
    denial: false,
    patterns: { all: ['@context'] },
  }
  const rules = compileRules(
    content.lexicons,
    [...sources, context],
    signSources(content.indicators, firstSign(content)),
  )
  compiled.set(content, rules)
  return rules
}

function firstSign({ indicators }: Content): number {
  return indicators.length + 1
}

/** Adds what the text says only as a whole. */
function wholeText(
  found: readonly Sighting[],
  { content, signs }: { content: Content; signs: () => Sighting[] },
): readonly Sighting[] {
  let read: Sighting[] | null = null
  const once = () => {
    read ??= signs()
    return read
  }
  const { indicators } = content
  return [...found, ...together({ indicators, sightings: found, first: firstSign(content), signs: once })]
}

/** In a text that says "I" somewhere, a sentence without any pronoun continues the speaker's story. */
function speaks(found: readonly Sighting[]): boolean {
  return found.some((sighting) => sighting.about === 'speaker')
}

interface Reading {
  readonly text: string
  readonly content: Content
  readonly messages: readonly Message[] | null
  readonly speaker: boolean
}

function findings(
  at: Reading,
  found: readonly Sighting[],
  moods: readonly Sighting['mood'][],
): IndicatorFinding[] {
  return at.content.indicators.flatMap((indicator, owner) => {
    const here = found.filter((sighting) => sighting.owner === owner && moods.includes(sighting.mood))
    const said = found.some((sighting) => sighting.owner === owner && sighting.mood === 'said')
    if (here.length === 0 || (said && !moods.includes('said'))) return []
    return [finding(at, indicator, here)]
  })
}

function finding(at: Reading, indicator: Indicator, here: readonly Sighting[]): IndicatorFinding {
  const mine = here.some(({ about }) => about === 'speaker' || (about === null && at.speaker))
  return {
    id: indicator.id,
    name: indicator.name,
    element: indicator.element,
    about: mine ? 'speaker' : 'third person',
    sentences: here.map((sighting) => sentence(at, sighting)),
    why: `the text says ${quotes(at.text, here)}, read as: ${indicator.name}`,
  }
}

function sentence({ text, messages }: Reading, { start, end }: Range): Sentence {
  const message = messages?.find((one) => start >= one.start && end <= one.end)
  const base = { text: text.slice(start, end), start, end }
  return message ? { ...base, speaker: message.speaker, at: message.at } : base
}

/** The words of the first sentence, or of every one where they say it only together. */
function quotes(text: string, here: readonly Sighting[]): string {
  const shown = here[0]?.isPart ? here : here.slice(0, 1)
  return [...new Set(shown.map((one) => quote(text, one)))].join(' and ')
}

/** The matched words, in the order of the text, with dots where words were left out. */
function quote(text: string, sighting: Sighting): string {
  const spans = [...sighting.spans].sort((a, b) => a[0] - b[0])
  const pieces: string[] = []
  let last = -1
  for (const [start, end] of spans) {
    const piece = text.slice(start, end)
    const joined = pieces.at(-1)
    if (joined !== undefined && start - last <= 1) pieces[pieces.length - 1] = joined + text.slice(last, end)
    else pieces.push(piece)
    last = Math.max(last, end)
  }
  return `"${pieces.join(' … ')}"`
}

function coverage(
  said: readonly IndicatorFinding[],
  denied: readonly IndicatorFinding[],
  element: Element,
): Coverage {
  if (said.some((one) => one.element === element)) return 'supported'
  return denied.some((one) => one.element === element) ? 'denied' : 'not mentioned'
}

function iloOf(found: readonly IndicatorFinding[], content: Content): Assessment['ilo'] {
  const maps = new Map(content.indicators.map((indicator) => [indicator.id, indicator.ilo]))
  return ILO_INDICATORS.flatMap(({ id, name }) => {
    const indicators = found.filter((one) => maps.get(one.id)?.includes(id)).map((one) => one.id)
    return indicators.length > 0 ? [{ id, name, indicators }] : []
  })
}

/** A child, or any sign of violence, however weak: raised at once. */
function safeguarding(found: readonly IndicatorFinding[], content: Content): Assessment['safeguarding'] {
  const kind = new Map(content.indicators.map((indicator) => [indicator.id, indicator.safeguarding]))
  const raised = found.filter((one) => kind.get(one.id) !== undefined)
  if (raised.length === 0) return null
  const child = raised.some((one) => kind.get(one.id) === 'child')
  const violence = raised
    .filter((one) => kind.get(one.id) === 'violence')
    .map((one) => `${one.id} ${one.name}`)
  const why = [
    child ? 'a child may be concerned: for a child no Means is needed, and child protection comes first' : '',
    violence.length > 0 ? `signs of violence: ${violence.join('; ')}` : '',
  ]
  return { why: why.filter(Boolean).join('. '), sentences: raised.flatMap((one) => one.sentences) }
}

function supportLine(lexicons: readonly Lexicon[], language: string | undefined): string {
  const tag = language?.toLowerCase().split('-')[0]
  return lexicons.find((lexicon) => lexicon.language === tag)?.support ?? ENGLISH_SUPPORT
}
