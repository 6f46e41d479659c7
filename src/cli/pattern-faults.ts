import type { Content, Indicator, PatternsByLanguage } from '../assess/content.ts'
import { compileRules } from '../assess/rules.ts'
import { HouseError } from '../core/errors.ts'
import type { Fault, Page } from './checked-page.ts'

interface PatternPlace {
  readonly page: Page
  readonly content: Content
  readonly path: readonly PropertyKey[]
}

/** All at once, because each compiling takes its time; line by line only to say which one is wrong. */
export function patternFaults(patterns: PatternsByLanguage, { page, content, path }: PatternPlace): Fault[] {
  const whole = compileFault(content, patterns)
  return Object.entries(patterns).flatMap(([key, lines]) => {
    const languages = key === 'all' ? [] : key.split(' ')
    const unknown = languages.find((one) => !content.lexicons.some(({ language }) => language === one))
    if (unknown) return [{ line: page.lineOf([...path, key]), what: noWords(unknown) }]
    return lines.flatMap((line, i) => {
      const what =
        groupFault(line, content) ?? (whole === null ? null : compileFault(content, { [key]: [line] }))
      return what === null ? [] : [{ line: page.lineOf([...path, key, i]), what }]
    })
  })
}

/** A part of `together` that can never be met, or a way that would be looked for in every text. */
export function togetherFaults(
  ways: NonNullable<Indicator['together']>,
  { page, content, path }: PatternPlace,
): Fault[] {
  return ways.flatMap((way, i) => {
    const ids = way.filter((part) => part.startsWith('FC-')).flatMap((part) => part.split('|'))
    const signs = way.filter((part) => !part.startsWith('FC-'))
    const unknown = ids.find((id) => !content.indicators.some((one) => one.id === id))
    const what =
      ids.length === 0
        ? 'together: at least one part is an indicator, such as FC-A05'
        : unknown === undefined
          ? null
          : `together: there is no indicator ${unknown}`
    return what === null
      ? signs.flatMap((sign) => {
          const wrong = groupFault(sign, content) ?? compileFault(content, { all: [sign] })
          return wrong === null ? [] : [{ line: page.lineOf([...path, i]), what: wrong }]
        })
      : [{ line: page.lineOf([...path, i]), what }]
  })
}

/** A group that no language has would make the pattern silent everywhere, and nobody would notice. */
function groupFault(line: string, content: Content): string | null {
  const names = [...line.matchAll(/@([a-z_]+)/g)].map(([, name = '']) => name)
  const wrong = names.find((name) => !content.lexicons.some(({ groups }) => name in groups))
  if (wrong === undefined) return null
  const near = Object.keys(content.lexicons[0]?.groups ?? {}).filter((name) =>
    name.startsWith(wrong.slice(0, 2)),
  )
  const hint = near.length > 0 ? `; there are @${near.slice(0, 5).join(', @')}` : ''
  return `no language has a group @${wrong}${hint}: ${line}`
}

function compileFault(content: Content, patterns: PatternsByLanguage): string | null {
  try {
    compileRules(content.lexicons, [{ owner: 0, denial: false, patterns }])
    return null
  } catch (error) {
    if (error instanceof HouseError) return error.message
    throw error
  }
}

interface ExamplePlace {
  readonly page: Page
  readonly path: readonly PropertyKey[]
  /** `found`, or what became of the text instead. */
  readonly read: (text: string) => string
}

export function exampleFaults(examples: Indicator['examples'], { page, path, read }: ExamplePlace) {
  const faults: Fault[] = []
  let count = 0
  for (const [kind, wanted] of [
    ['found', true],
    ['quiet', false],
  ] as const)
    for (const [language, texts] of Object.entries(examples[kind]))
      texts.forEach((text, i) => {
        count++
        const got = read(text)
        if ((got === 'found') === wanted) return
        const what = `${wanted ? `must be found, and is ${got}` : 'must stay quiet, and is found'} (${language}): ${text}`
        faults.push({ line: page.lineOf([...path, kind, language, i]), what })
      })
  return { faults, examples: count }
}

/** Sentences in a language without a word list would be read by the patterns of the others only. */
export function languageFaults(
  examples: Indicator['examples'],
  { page, content, path }: PatternPlace,
): Fault[] {
  return (['found', 'quiet'] as const).flatMap((kind) =>
    Object.keys(examples[kind])
      .filter((language) => !content.lexicons.some((one) => one.language === language))
      .map((language) => ({ line: page.lineOf([...path, kind, language]), what: noWords(language) })),
  )
}

function noWords(language: string): string {
  return `${language}: there are no words of this language yet; first add content/lexicon/words/${language}.yaml`
}
