import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Content, Indicator, Lexicon, LureFamily, LureGuide } from '../assess/content.ts'
import { HouseError } from '../core/errors.ts'
import { cachedContent } from './content-cache.ts'
import { firstFault } from './content-faults.ts'

/** The `content/` folder of this house. */
export const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url))

let loaded: Content | null = null

/** What the assess room reads with, from `content/`; read once. Throws `invalid`, naming the file and the line. */
export function loadContent(folder = CONTENT): Content {
  if (folder !== CONTENT) return readContent(folder)
  loaded ??= whole(contentFiles(folder), folder)
  return loaded
}

function whole(files: readonly string[], folder: string): Content {
  try {
    return cachedContent(files, () => readContent(folder))
  } catch (error) {
    const fault = firstFault(files)
    if (fault === null) throw error
    throw new HouseError('invalid', `${fault}; npx firebreak indicators check says all of it`, {
      cause: error,
    })
  }
}

/** The files that the assess room reads with. */
export function contentFiles(folder: string): string[] {
  return ['indicators', 'lexicon/words', 'lexicon/lure'].flatMap((name) => yamlFiles(join(folder, name)))
}

/** @param only  the files that are read; all of the folder unless some are named */
export function readContent(folder: string, only = new Set(contentFiles(folder))): Content {
  const files = (name: string) => yamlFiles(join(folder, name)).filter((file) => only.has(file))
  return {
    indicators: files('indicators').map((file) => readYaml<Indicator>(file)),
    lexicons: files('lexicon/words').map((file) => readYaml<Lexicon>(file)),
    lures: files('lexicon/lure')
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
