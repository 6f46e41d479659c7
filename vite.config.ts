import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { parse } from 'yaml'
import { commonOf, partOf } from './src/assess/by-language.ts'
import type { Content } from './src/assess/content.ts'
import { CONTENT, readContent } from './src/cli/content.ts'
import { formsOf, type WordScript, type Words, withoutScripts } from './src/extract/lexicon/by-script.ts'
import { CHAT } from './src/extract/lexicon/chat.ts'
import { DATES } from './src/extract/lexicon/dates.ts'
import { IDENTIFIERS } from './src/extract/lexicon/identifiers.ts'
import { MONEY } from './src/extract/lexicon/money.ts'
import { NAMES } from './src/extract/lexicon/names.ts'
import { ORGANISATIONS } from './src/extract/lexicon/organisations.ts'
import { packed } from './src/extract/lexicon/packed.ts'
import { PLACES } from './src/extract/lexicon/places.ts'

const ROOM = fileURLToPath(new URL('src/web/reading-room.ts', import.meta.url))
const GIVEN = fileURLToPath(new URL('src/web/given-words.ts', import.meta.url))

/** Content that practitioners edit is YAML; the browser gets it as the plain object it says, without a parser. */
function yaml(): Plugin {
  return {
    name: 'yaml',
    transform: {
      filter: { id: /\.yaml$/ },
      handler: (source) => ({
        code: asModule(JSON.stringify(parse(source), withoutExamples)),
        map: null,
      }),
    },
  }
}

/**
 * What signs are found with, cut by language: `content:common`, and `words/LANGUAGE.yaml?part` for each language.
 * Where it was taken from and what it means is for those who edit it.
 */
function contentByLanguage(): Plugin {
  let content: Content | null = null
  const whole = () => {
    content ??= readContent(CONTENT)
    return content
  }
  return {
    name: 'content-by-language',
    resolveId: { filter: { id: /^content:common$/ }, handler: (id) => id },
    load: {
      filter: { id: /^content:common$|\/words\/[a-z]+\.yaml\?part$/ },
      handler: (id) => {
        const language = /\/([a-z]+)\.yaml\?part$/.exec(id)?.[1]
        const value = language === undefined ? commonOf(whole()) : partOf(whole(), language)
        return { code: asModule(JSON.stringify(value, forReading)), map: null }
      },
    },
  }
}

/** The reader's word lists, by the name of their module, which exports them in capitals. */
const WORD_LISTS = {
  ...{ chat: CHAT, dates: DATES, identifiers: IDENTIFIERS, money: MONEY },
  ...{ names: NAMES, organisations: ORGANISATIONS, places: PLACES },
} as unknown as Readonly<Record<string, Words>>
const LIST_FILE = /\/extract\/lexicon\/(chat|dates|identifiers|money|names|organisations|places)\.ts$/

/**
 * The reader's word lists, cut by script: the lists themselves keep what is written in Latin letters, and `words:SCRIPT`
 * has the rest, see src/web/room.ts.
 */
function wordsByScript(): Plugin {
  return {
    name: 'words-by-script',
    resolveId: { filter: { id: /^words:/ }, handler: (id) => id },
    load: {
      filter: { id: /^words:/ },
      handler: (id) => {
        const script = id.slice('words:'.length) as WordScript
        const forms = Object.entries(WORD_LISTS).map(([name, words]) => [name, formsOf(words, script)])
        return { code: asModule(JSON.stringify(Object.fromEntries(forms))), map: null }
      },
    },
    transform: {
      filter: { id: LIST_FILE },
      handler: (_, id) => {
        const name = LIST_FILE.exec(id)?.[1] ?? ''
        const words = quoted(JSON.stringify(packed(withoutScripts(WORD_LISTS[name] ?? null))))
        return {
          code: `import { wordsOf } from '${GIVEN}'
export const ${name.toUpperCase()} = wordsOf('${name}', JSON.parse(${words}))`,
          map: null,
        }
      },
    },
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') checkRoom(Object.keys(chunk.modules))
    },
  }
}

/** Lists that stood in another file than the room would not be made anew with it. */
function checkRoom(modules: readonly string[]): void {
  const list = modules.find((id) => LIST_FILE.test(id))
  if (list !== undefined && !modules.includes(ROOM))
    throw new Error(`${list} is in another file of the build than ${ROOM}: import it from there alone`)
}

/** Columns of a country's row that only serve to format numbers for people: formats, their rules, an example. */
const FORMATTING: readonly number[] = [4, 6, 9, 12]

/** What telephone numbers look like in each country comes as code of one literal; the reader formats none. */
function phoneMetadata(): Plugin {
  return {
    name: 'phone-metadata',
    transform: {
      filter: { id: /libphonenumber-js\/metadata\.max\.json\.js$/ },
      handler: (source) => {
        const { countries, nonGeographic, ...rest } = JSON.parse(
          source.slice(source.indexOf('{')).replace(/;\s*$/, ''),
        )
        const value = {
          ...rest,
          countries: unformatted(countries),
          nonGeographic: unformatted(nonGeographic),
        }
        return { code: asModule(JSON.stringify(value)), map: null }
      },
    },
  }
}

function unformatted(rows: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(rows).map(([key, row]) => [key, row.map((it, i) => (FORMATTING.includes(i) ? 0 : it))]),
  )
}

function asModule(json: string): string {
  return `export default JSON.parse(${quoted(json)})`
}

/** A JavaScript string: parsing JSON from one is quicker than running the same text as code, where a worker starts. */
function quoted(json: string): string {
  return `'${json.replace(/[\\'\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
}

/** Examples are for those who write indicators and for tests; they would double what a reader has to load. */
function withoutExamples(key: string, value: unknown): unknown {
  return key === 'examples' ? undefined : value
}

function forReading(key: string, value: unknown): unknown {
  return key === 'source' || key === 'version' || key === 'meaning' ? undefined : withoutExamples(key, value)
}

// biome-ignore lint/style/noDefaultExport: Vite reads the default export
export default defineConfig({
  root: 'src/web',
  plugins: [yaml(), phoneMetadata(), react()],
  resolve: {
    alias: {
      // the build that runs inside a worker of ours; the package has it and does not name it among its exports
      'duckdb-in-worker': fileURLToPath(
        new URL('node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs', import.meta.url),
      ),
    },
  },
  worker: { format: 'es', plugins: () => [yaml(), contentByLanguage(), wordsByScript(), phoneMetadata()] },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    sourcemap: false,
    // Everything is a file of its own origin: the content security policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
})
