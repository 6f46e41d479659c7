import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { parse } from 'yaml'
import { commonOf, partOf } from './src/assess/by-language.ts'
import type { Content } from './src/assess/content.ts'
import { CONTENT, readContent } from './src/cli/content.ts'

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

/** What telephone numbers look like in each country comes as code of one literal. */
function phoneMetadata(): Plugin {
  return {
    name: 'phone-metadata',
    transform: {
      filter: { id: /libphonenumber-js\/metadata\.max\.json\.js$/ },
      handler: (source) => ({
        code: asModule(source.slice(source.indexOf('{'))),
        map: null,
      }),
    },
  }
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
  worker: { format: 'es', plugins: () => [yaml(), contentByLanguage(), phoneMetadata()] },
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
