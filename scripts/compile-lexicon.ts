import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '..')
const LEXICON = join(ROOT, 'content/lexicon')
const CODE = join(ROOT, 'src/extract/lexicon')

/** One compiled list: the module it becomes, the name and type it exports, and how it is read from content. */
export interface Compiled {
  readonly module: string
  readonly name: string
  readonly type: string
  readonly content: readonly string[]
  readonly value: unknown
}

function yaml(file: string): Record<string, unknown> {
  const {
    id: _id,
    version: _version,
    source: _source,
    ...rest
  } = parse(readFileSync(join(LEXICON, file), 'utf8')) as Record<string, unknown>
  return rest
}

/** Rows of a list of places, without comments and head. Throws when a row has not as many columns as its head. */
function rows(file: string): string[][] {
  const lines = readFileSync(join(LEXICON, file), 'utf8')
    .split('\n')
    .map((text, i) => ({ text, at: i + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
  const [head, ...body] = lines
  const columns = head?.text.split(',').length
  return body.map(({ text, at }) => {
    const cells = text.split(',')
    if (cells.length !== columns)
      throw new Error(`${file}:${at}: ${cells.length} columns instead of ${columns}`)
    return cells
  })
}

function places(): Record<string, unknown> {
  const named = [...rows('countries.csv'), ...rows('places.csv')].map((cells) => cells.join('\t'))
  const towns = Map.groupBy(rows('towns.csv'), ([, country = '']) => country)
  return {
    places: named.join('\n'),
    towns: Object.fromEntries(
      [...towns].map(([country, list]) => [country, list.map(([name]) => name).join('|')]),
    ),
    ...yaml('place-words.yaml'),
  }
}

/** The word lists as the pure code takes them. Throws with the file's name when one cannot be read. */
export function compileLexicon(): Compiled[] {
  return [
    {
      module: 'money',
      name: 'MONEY',
      type: 'MoneyLexicon',
      content: ['money.yaml'],
      value: yaml('money.yaml'),
    },
    {
      module: 'dates',
      name: 'DATES',
      type: 'DatesLexicon',
      content: ['dates.yaml'],
      value: yaml('dates.yaml'),
    },
    {
      module: 'chat',
      name: 'CHAT',
      type: 'ChatLexicon',
      content: ['chat.yaml'],
      value: yaml('chat.yaml'),
    },
    {
      module: 'places',
      name: 'PLACES',
      type: 'PlacesLexicon',
      content: ['countries.csv', 'places.csv', 'towns.csv', 'place-words.yaml'],
      value: places(),
    },
    {
      module: 'organisations',
      name: 'ORGANISATIONS',
      type: 'OrganisationsLexicon',
      content: ['organisations.yaml'],
      value: yaml('organisations.yaml'),
    },
    {
      module: 'names',
      name: 'NAMES',
      type: 'NamesLexicon',
      content: ['names.yaml'],
      value: yaml('names.yaml'),
    },
    {
      module: 'languages',
      name: 'LANGUAGES',
      type: 'LanguagesLexicon',
      content: ['languages.yaml'],
      value: yaml('languages.yaml'),
    },
  ]
}

/** A module whose one constant is parsed from a string: engines read that faster than an object literal. */
export function toModule({ name, type, content, value }: Compiled): string {
  const text = JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  const files = content.map((file) => `content/lexicon/${file}`).join(', ')
  return [
    `// Compiled from ${files} by scripts/compile-lexicon.ts; edit those and compile again.`,
    `import type { ${type} } from './types.ts'`,
    '',
    '// biome-ignore format: one line keeps the compiled list out of reviews',
    `export const ${name}: ${type} = JSON.parse('${text}')`,
    '',
  ].join('\n')
}

export function modulePath(module: string): string {
  return join(CODE, `${module}.ts`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const compiled of compileLexicon()) {
    const text = toModule(compiled)
    writeFileSync(modulePath(compiled.module), text)
    console.log(`${compiled.module}.ts ${text.length} characters`)
  }
}
