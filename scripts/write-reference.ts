import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { POLICY } from '../src/access/policy.ts'
import { ELSEWHERE, READERS, type System, type Way } from '../src/access/readers.ts'
import { PROOF_MINUTES, STEP_UPS, type StepUp } from '../src/access/step-up-list.ts'
import type { Indicator } from '../src/assess/content.ts'
import { ILO_INDICATORS } from '../src/assess/ilo.ts'
import { loadContent } from '../src/cli/content.ts'
import { FACT_KINDS, type FactKind, type Normal } from '../src/core/fact.ts'
import { formatMoney } from '../src/core/money.ts'
import { ROLE_NAMES, type Role } from '../src/core/role.ts'
import { read } from '../src/extract/read.ts'
import { OBJECTS, type Reading, RULES } from '../src/grants/model.ts'
import { typologiesPage } from './typologies-page.ts'
import { writersTable } from './writing-words.ts'

const ROOT = join(import.meta.dirname, '..')
const NOTE =
  'Written by `node scripts/write-reference.ts` from the code and `content/`; edit those and run it again.'

interface KindWords {
  readonly id: FactKind
  readonly name: string
  readonly meaning: string
  readonly kept: string
  readonly not: string
  readonly examples: readonly string[]
}

/** The reference pages by their paths. Throws when a kind has no words, or an example of it is not read as one. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/reference/facts.md', factsPage()],
    ['docs/reference/indicators.md', indicatorsPage(loadContent().indicators)],
    ['docs/reference/access.md', accessPage()],
    ['docs/reference/typologies.md', typologiesPage(NOTE)],
  ])
}

function kindWords(): readonly KindWords[] {
  const { kinds } = parse(readFileSync(join(ROOT, 'content/codelists/fact-kinds.yaml'), 'utf8')) as {
    kinds: readonly KindWords[]
  }
  return FACT_KINDS.map((kind) => {
    const words = kinds.find(({ id }) => id === kind)
    if (!words) throw new Error(`content/codelists/fact-kinds.yaml says nothing of ${kind}`)
    return words
  })
}

const READINGS: Readonly<Record<Exclude<Reading, null>, string>> = {
  own: 'reads it',
  live: 'reads it',
  recalled: 'a tombstone: taken back',
  expired: 'a tombstone: expired',
  consent: 'a tombstone: the consent has ended',
  restricted: 'a tombstone: kept from enforcement',
  named: 'a tombstone: for named people',
}

const WHEN: Readonly<Record<StepUp['when'], string>> = {
  always: 'always',
  'sealed is RED': 'where the content is marked TLP:RED',
  'item is RED': 'where the item is marked TLP:RED',
  'share is RED': 'where the item is marked TLP:RED',
  'body names RED': 'where what it names is marked TLP:RED',
  'group is sealed': 'where the group has a key',
}

const BY: Readonly<Record<StepUp['by'], string>> = {
  passkey: 'a passkey',
  any: 'a passkey, or a password with its code',
  held: 'a passkey; a password with its code, for who holds no key to TLP:RED',
}

/** What a cookie alone is not enough for. */
const freshProofs = () => [
  '## What needs a fresh proof of the person',
  '',
  `A proof is at most ${PROOF_MINUTES} minutes old, and the request is signed by the browser that gave it. Without one the answer is`,
  '`step_up_needed`; the same request goes through afterwards.',
  '',
  '| request | when | by | because it is |',
  '| --- | --- | --- | --- |',
  ...STEP_UPS.map(
    ({ method, path, when, by, what }) => `| \`${method} ${path}\` | ${WHEN[when]} | ${BY[by]} | ${what} |`,
  ),
  '',
]

/** Who may do what, and who may read what was shared: the tables that policies, tests and buttons go by. */
function accessPage(): string {
  const roles = Object.keys(ROLE_NAMES) as Role[]
  const may = (allowed: readonly Role[]) =>
    roles.map((role) => (allowed.includes(role) ? '✓' : '')).join(' | ')
  return [
    '# Access',
    '',
    'What a person may begin to do is a matter of their role. Whose rows they then see is decided by the database alone, for each',
    'row, under a context that is signed; what is not written here is refused.',
    '',
    NOTE,
    '',
    '## What a role may begin',
    '',
    `| act | ${roles.map((role) => ROLE_NAMES[role]).join(' | ')} |`,
    `| --- |${roles.map(() => ' --- |').join('')}`,
    ...Object.entries(POLICY).map(([act, allowed]) => `| \`${act}\` | ${may(allowed)} |`),
    '',
    ...freshProofs(),
    '## Who reads what was shared',
    '',
    'The first line that fits decides. Every combination is asked of the database in bare SQL and over HTTP by `test/matrix.test.ts`,',
    'which also takes each policy away, or turns it round, and must notice.',
    '',
    '| when | then |',
    '| --- | --- |',
    ...RULES.map(
      ({ says, gives }) => `| ${says} | ${gives === null ? 'learns of nothing' : READINGS[gives]} |`,
    ),
    '',
    '## What there is to see of it',
    '',
    'Tables of the database, and for whom they hold a row of the item.',
    '',
    '| object | its organisation | somebody who reads it | somebody with a tombstone |',
    '| --- | --- | --- | --- |',
    ...Object.entries(OBJECTS).map(
      ([name, sees]) =>
        `| \`${name}\` | ${(['own', 'live', 'recalled'] as const).map((it) => (sees(it) ? '✓' : '')).join(' | ')} |`,
    ),
    '',
    '## Who sees the rows of the other tables',
    '',
    'Whoever any of these leads to. Rows for each are laid and asked for in bare SQL, by every member and by the house itself, by',
    '`test/readers.test.ts`, which also drops, inverts and opens each policy, and must notice. Without a context nobody sees anything.',
    '',
    '| table | seen by |',
    '| --- | --- |',
    ...Object.entries(READERS).map(([table, ways]) => `| \`${table}\` | ${ways.map(wayWords).join('; ')} |`),
    '',
    `Consent, marks, possible victims and shares narrow and open requests beside this. What is sealed with a share, and who may know of an event, has tests of its own: ${ELSEWHERE.map((it) => `\`${it}\``).join(', ')}.`,
    '',
    ...writersTable(),
  ].join('\n')
}

const AS = {
  invited: 'whom the meeting is for',
  keeper: 'who keeps the meeting',
  overseer: 'a steward of its group, or whoever keeps it where it is the whole network’s',
  present: 'of whom the meeting is for, who was there or keeps it',
} as const

const SYSTEMS: Readonly<Record<System, string>> = {
  signin: 'its door',
  setup: 'its setting up',
  clock: 'its clock',
}

function wayWords(way: Way): string {
  const { where } = way
  if (!where) return leadsTo(way)
  const [not, value] = where.is === undefined ? [' not', where.not] : ['', where.is]
  return `${leadsTo(way)}, where \`${where.column}\` is${not} ${value === null ? 'empty' : String(value)}`
}

function leadsTo(way: Way): string {
  switch (way.by) {
    case 'anybody':
      return 'every member'
    case 'role':
      return 'the stewards'
    case 'system':
      return `the house: ${way.systems.map((it) => SYSTEMS[it]).join(', ')}`
    case 'member':
      return `the member in \`${way.column}\``
    case 'org':
      return `the organisation in \`${way.column}\``
    case 'row':
      return `${way.member ? `the member in \`${way.member}\`` : `the organisation in \`${way.org}\``} of its \`${way.of}\`${way.until ? `, while \`${way.until}\` is empty` : ''}`
    case 'seen':
      return `whoever sees its \`${way.of}\``
    case 'seat':
      return `${way.steward ? 'the stewards of its group' : 'who sits in its group'}${way.own ? `, as \`${way.own}\`` : ''}`
    case 'meeting':
      return AS[way.as]
  }
}

function factsPage(): string {
  return [
    '# Kinds of fact',
    '',
    'What Firebreak finds in a text. Each fact has its exact place, what was written, one fixed form to compare by, how sure it is,',
    'and why. A person confirms every one of them before anything is shared. Names of people are never facts: they are offered for',
    'the sealed identity only.',
    '',
    NOTE,
    ...kindWords().flatMap(kindPart),
    '',
  ].join('\n')
}

function kindPart({ id, name, meaning, kept, not, examples }: KindWords): string[] {
  return [
    '',
    `## ${name}: \`${id}\``,
    '',
    meaning,
    '',
    `- Kept as: ${kept}.`,
    `- Not one: ${not}.`,
    ...examples.map((text) => `- “${text}” is read as ${readAs(id, text)}`),
  ]
}

function readAs(kind: FactKind, text: string): string {
  const fact = read(text).facts.find((it) => it.kind === kind)
  if (!fact) throw new Error(`content/codelists/fact-kinds.yaml: no ${kind} is found in “${text}”`)
  return `\`${shown(fact.normal)}\` (${Math.round(fact.confidence * 100)} % sure: ${fact.why}).`
}

function shown(normal: Normal): string {
  if (typeof normal === 'string') return normal
  return normal.currency ? formatMoney(normal.minor, normal.currency) : String(normal.minor)
}

const ELEMENTS: readonly (readonly [Indicator['element'], string])[] = [
  ['Act', 'What was done with the person: recruited, moved, handed over, sold.'],
  ['Means', 'How they were brought or kept: deceit, force, debt, papers taken, threats.'],
  ['Purpose', 'What for: what they were made to do.'],
  ['Post-exit', 'What happens afterwards: fear, debts, charges against the person.'],
]

function indicatorsPage(indicators: readonly Indicator[]): string {
  return [
    '# Indicators',
    '',
    'Signs that a text speaks of, each with the sentences that support it. They never decide that somebody is or is not a victim, and',
    'score no one. “Not mentioned” is not “no”. Whatever is found: support comes first, and a person who was made to commit offences',
    'should not be punished for them.',
    '',
    NOTE,
    ...ELEMENTS.flatMap(([element, words]) => [
      '',
      `## ${element}`,
      '',
      words,
      ...indicators.filter((one) => one.element === element).flatMap(indicatorPart),
    ]),
    '',
  ].join('\n')
}

function indicatorPart(one: Indicator): string[] {
  const { id, name, meaning, ilo, safeguarding, examples, source, version } = one
  const labour = ilo.map((number) => ILO_INDICATORS.find((it) => it.id === number)?.name ?? number)
  const found = examples.found.en?.[0]
  const quiet = examples.quiet.en?.[0]
  const languages = Object.keys(examples.found)
  return [
    '',
    `### ${id}: ${name}`,
    '',
    meaning.trim(),
    '',
    ...(found ? [`- Found in: “${found}”`] : []),
    ...(quiet ? [`- Quiet on: “${quiet}”`] : []),
    ...(labour.length > 0 ? [`- ILO forced labour: ${labour.join('; ')}.`] : []),
    ...(safeguarding ? [`- Raises the safeguarding line at once (${safeguarding}).`] : []),
    `- Examples in ${languages.length === 1 ? 'one language' : `${languages.length} languages`}: ${languages.join(', ')}.`,
    `- Source: ${source.from} (${source.standing === 'corroborated' ? 'corroborated' : 'from memory, to be checked'}); version ${version}.`,
  ]
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(join(ROOT, 'docs/reference'), { recursive: true })
  for (const [path, text] of referencePages()) {
    writeFileSync(join(ROOT, path), text)
    console.log(`${path} ${text.length} characters`)
  }
}
