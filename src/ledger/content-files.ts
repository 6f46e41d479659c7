import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const CONTENT = new URL('../../content/', import.meta.url)

/** One file of `content/` as the value it holds, e.g. `ledger/scale.yaml`. The browser's twin is web/ledger-content.ts. */
export const content = (path: string): unknown =>
  parse(readFileSync(fileURLToPath(new URL(path, CONTENT)), 'utf8'))

/** Every rule of the house as it was written, by file name. */
export function writtenRules(): unknown[] {
  const names = readdirSync(fileURLToPath(new URL('typologies/', CONTENT)))
  return names
    .filter((it) => /^TX-[A-Z]\d{2}\.yaml$/.test(it))
    .sort()
    .map((it) => content(`typologies/${it}`))
}
