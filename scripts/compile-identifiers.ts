import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import type { Bank, IdentifierLexicon, Platform } from '../src/extract/lexicon/identifier-types.ts'

const ROOT = join(import.meta.dirname, '..')
export const IDENTIFIERS_MODULE = join(ROOT, 'src/extract/lexicon/identifiers.ts')

interface HostsContent {
  endings: string
  reserved: string
  common: string
  words: string
  lures: string
  files: string
  benign: string
}
interface LabelsContent {
  roles: Record<string, Record<string, string[]>>
  payments: Record<string, string[]>
  upi: string
}
interface BanksContent {
  lengths: Record<string, [number, number]>
  banks: Record<
    string,
    { name: string; also?: string[]; capital?: string[]; digits?: number[]; wallet?: boolean }[]
  >
}
interface PlatformsContent {
  platforms: (Pick<Platform, 'id' | 'names' | 'hosts' | 'by'> & { links?: string[]; plain?: boolean })[]
}

function content<T>(file: string): T {
  return parse(readFileSync(join(ROOT, 'content/lexicon', file), 'utf8')) as T
}

/** The lists in content/lexicon that say what a number is, as the pure code takes them. */
export function identifierLexicon(): IdentifierLexicon {
  const labels = content<LabelsContent>('identifier-labels.yaml')
  const { banks, lengths } = content<BanksContent>('banks.yaml')
  const { platforms } = content<PlatformsContent>('platforms.yaml')
  const { endings, reserved, common, words, lures, files, benign } = content<HostsContent>('hosts.yaml')
  return {
    hosts: { endings: `${endings} ${reserved}`, common, words, lures, files, benign },
    labels: labels.roles,
    payments: labels.payments,
    upi: labels.upi,
    platforms: platforms.map((it) => ({ links: [], plain: true, ...it })),
    banks: Object.entries(banks).flatMap(([country, list]) =>
      list.map(
        ({ name, also = [], capital = [], digits = [], wallet = false }): Bank => ({
          name,
          country,
          names: distinct([name, ...also]).filter((it) => !capital.includes(it.toLowerCase())),
          capital,
          digits,
          wallet,
        }),
      ),
    ),
    lengths,
  }
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)]
}

/** The module's text: one constant, parsed from a string, which engines read faster than an object literal. */
export function identifiersModule(): string {
  const json = JSON.stringify(JSON.stringify(identifierLexicon()))
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
  return [
    '// Compiled from content/lexicon/{identifier-labels,platforms,banks,hosts}.yaml by scripts/compile-identifiers.ts.',
    "import type { IdentifierLexicon } from './identifier-types.ts'",
    '',
    '// biome-ignore format: one line keeps the compiled list out of reviews',
    `export const IDENTIFIERS: IdentifierLexicon = JSON.parse('${json}')`,
    '',
  ].join('\n')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = identifiersModule()
  writeFileSync(IDENTIFIERS_MODULE, text)
  console.log(`identifiers.ts ${text.length} characters`)
}
