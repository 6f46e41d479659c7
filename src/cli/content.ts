import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Content, Indicator, Lexicon, LureFamily, LureGuide } from '../assess/content.ts'
import { HouseError } from '../core/errors.ts'
import { cachedContent } from './content-cache.ts'

/** The `content/` folder of this house. */
export const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url))

let loaded: Content | null = null

/** What the assess room reads with, from `content/`; read once. Throws `invalid`, naming the file and the line. */
export function loadContent(folder = CONTENT): Content {
  if (folder !== CONTENT) return readContent(folder)
  loaded ??= cachedContent(contentFiles(folder), () => readContent(folder))
  return loaded
}

function contentFiles(folder: string): string[] {
  return ['indicators', 'lexicon/words', 'lexicon/lure'].flatMap((name) => yamlFiles(join(folder, name)))
}

function readContent(folder: string): Content {
  return {
    indicators: yamlFiles(join(folder, 'indicators')).map((file) => readYaml<Indicator>(file)),
    lexicons: yamlFiles(join(folder, 'lexicon/words')).map((file) => readYaml<Lexicon>(file)),
    lures: yamlFiles(join(folder, 'lexicon/lure'))
      .filter((file) => !file.endsWith('guide.yaml'))
      .map((file) => readYaml<LureFamily>(file)),
    guide: readYaml<LureGuide>(join(folder, 'lexicon/lure/guide.yaml')),
  }
}

/** Paths of the YAML files of a folder, in the order of their names. */
export function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name))
}

function readYaml<T>(file: string): T {
  try {
    return parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    throw new HouseError('invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
