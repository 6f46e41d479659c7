import { CHANGES, NOT_ADDED, REMOVED, SAID } from '../src/access/columns.ts'
import { type Condition, type Rule, WRITERS } from '../src/access/writers.ts'

/** The models of writers and of columns as tables of docs/reference/access.md. */
export const writersTable = (): string[] => [
  '## Who writes the rows',
  '',
  'By the policies alone; which columns follows below, and what triggers ask beside this is tested in the rooms. `test/writers.test.ts`',
  'writes rows that fit and rows that miss by one condition, takes each policy away, and must notice. “/” stands between rules of which',
  'one has to hold.',
  '',
  '| table | new | changed: before | and afterwards | removed |',
  '| --- | --- | --- | --- | --- |',
  ...Object.entries(WRITERS).map(
    ([table, it]) => `| \`${table}\` | ${[it.insert, it.from, it.to, it.remove].map(rules).join(' | ')} |`,
  ),
  '',
  '## Which columns may be written at all',
  '',
  'Beside the policies, and whoever asks: a column that is not named keeps what the row was made with, or is changed by functions of the',
  'database alone. So nothing that says whose a row is, or what it belongs to, ever changes, and a policy that asks by the row’s id',
  'is enough. `test/columns.test.ts` tries each column of each table, gives and takes each right, and must notice.',
  '',
  '| table | of a new row is said | what may change | removed |',
  '| --- | --- | --- | --- |',
  ...Object.keys(WRITERS)
    .filter((table) => SAID[table] || CHANGES[table] || REMOVED.includes(table) || NOT_ADDED.includes(table))
    .map(
      (table) =>
        `| \`${table}\` | ${said(table)} | ${named(CHANGES[table])} | ${REMOVED.includes(table) ? 'yes' : ''} |`,
    ),
  '',
  `Of every other table all columns of a new row are said, none changes, and no row is removed. To ${named(NOT_ADDED)} rows are added by functions of the database alone.`,
  '',
]

const said = (table: string) =>
  NOT_ADDED.includes(table) ? 'never' : SAID[table] ? named(SAID[table]) : 'all'
const named = (columns: readonly string[] | undefined) => (columns ?? []).map((it) => `\`${it}\``).join(', ')

const rules = (some: readonly Rule[] | undefined): string => (some ?? []).map(all).join(' / ')
const all = (rule: Rule): string => rule.map(words).join(', ')

function words(it: Condition): string {
  if (it.says) return it.says
  switch (it.is) {
    case 'steward':
      return 'a steward of the network'
    case 'somebody':
      return 'any member'
    case 'in good standing':
      return 'in good standing'
    case 'house':
      return `the house (${it.systems.join(', ')})`
    case 'member':
      return `the member in \`${it.column}\``
    case 'org':
      return `the organisation in \`${it.column}\``
    case 'not the member':
      return `not the member in \`${it.column}\``
    case 'not the org':
      return `not the organisation in \`${it.column}\``
    case 'value':
      return `\`${it.column}\` is ${it.of.join(' or ')}`
    case 'same':
      return `\`${it.column}\` is \`${it.as}\``
    case 'any':
      return `(${it.of.map(all).join(' or ')})`
    case 'row':
    case 'no row':
      return `${it.is === 'row' ? 'with' : 'without'} its \`${it.of}\`${it.is === 'row' && it.where.length > 0 ? ` (${all(it.where)})` : ''}`
    default:
      return `\`${it.column}\` is ${it.is}`
  }
}
