import { ACTIONS } from '../src/ledger/actions.ts'
import { type Excuses, loadExcuses } from '../src/ledger/excuses.ts'
import { loadUnanswered, type Rule } from '../src/ledger/rule.ts'
import { loadRules } from '../src/ledger/rule-files.ts'
import { bandOf } from '../src/ledger/screen.ts'
import { BAND_WORDS } from '../src/ledger/screen-parts.ts'
import { inUnit, sentence } from '../src/ledger/words.ts'

const FAMILIES: Readonly<Record<string, readonly [string, string]>> = {
  V: [
    'V: somebody who is paying scammers',
    'The account of a person who is being deceived. The aim is to keep their money.',
  ],
  K: [
    'K: mule and collector accounts',
    'Accounts through which stolen money passes. The holder may be held, or fooled.',
  ],
  C: ['C: crypto', 'Addresses and tokens; the exchange or the issuer can often still stop them.'],
  O: [
    'O: organisers, compounds and fronts',
    'Who runs, houses or supplies a scam centre, or launders for it.',
  ],
  T: [
    'T: a person who may be trafficked, or their family',
    'Where one of these fires, protection comes before every exit, freeze or report on that account.',
  ],
  N: [
    'N: shapes of a network',
    'How an account stands among the others of the book, whatever its payments say.',
  ],
}

/** The typologies in plain words, for people who do not read YAML or SQL. */
export function typologiesPage(note: string): string {
  const [rules, excuses] = [loadRules(), loadExcuses()]
  return [
    '# Typologies',
    '',
    `The ${rules.length} red flags that \`npx firebreak screen\` and the page *Screen* look for in a bank's own books. None of them decides`,
    'anything about anybody: a score orders a list, and a person reads it. The lines are starting values; a bank moves them to its own',
    'customers, sees at once what would have fired, and keeps the reason.',
    '',
    note,
    '',
    '- **Line**: the number from which a rule speaks. An alert tells it, how far beyond it the account is, and what would have kept it quiet.',
    '- **Now**, **soon**, **to look at**: in which order to read; nothing else.',
    '- **Dollars or the like**: one line for every currency; an amount is turned roughly into units of that size',
    '  (`content/ledger/scale.yaml`). What an alert shows is always the exact amount in its own currency.',
    '- **Needs**: columns without which the rule is not run, and is told as not run.',
    ...Object.entries(FAMILIES).flatMap(([letter, [title, words]]) => [
      '',
      `## ${title}`,
      '',
      words,
      ...(ACTIONS[letter] ? ['', `What to do: ${ACTIONS[letter]}`] : []),
      ...rules.filter(({ id }) => id[3] === letter).flatMap((rule) => rulePart(rule, excuses)),
    ]),
    ...unansweredPart(),
    ...excusesPart(excuses),
    '',
  ].join('\n')
}

function rulePart(rule: Rule, excuses: Excuses): string[] {
  const names = { accountName: String, formatTime: String }
  const quiet = sentence(rule.quiet, { rule, row: {}, names, first: 'thresholds' })
  const left = rule.excused.map((it) => excuses[it]?.name ?? it)
  return [
    '',
    `### ${rule.id}: ${rule.name}`,
    '',
    rule.why.trim(),
    '',
    ...Object.entries(rule.thresholds).map(
      ([name, { value, unit, means }]) =>
        `- Line \`${name}\`: ${inUnit(value, unit)}${means ? `, ${means}` : ''}.`,
    ),
    `- Quiet if ${quiet.replace(/\.?$/, '.')}`,
    `- Silent: ${rule.silent.join('; ')}.`,
    ...(left.length > 0 ? [`- Leaves alone: ${left.join('; ')}.`] : []),
    `- To be read: ${bandsOf(rule)}.`,
    ...(rule.action ? [`- What to do: ${rule.action.trim()}`] : []),
    `- Fires on: ${rule.examples.fires.map((it) => it.name).join('; ')}. Stays quiet on: ${rule.examples.quiet.map((it) => it.name).join('; ')}.`,
    `- Needs: ${rule.needs
      .map((it) =>
        it
          .split('|')
          .map((one) => `\`${one}\``)
          .join(' or '),
      )
      .join(', ')}.`,
    `- Source: ${rule.source}; version ${rule.version}.`,
  ]
}

/** From where on an account is read how soon; a score that does not change the order of reading is not told. */
function bandsOf({ bands, measure }: Rule): string {
  const words = new Map<string, string>()
  for (const { from, score } of [...bands].sort((a, b) => a.from - b.from)) {
    const band = BAND_WORDS[bandOf(score)]
    if (!words.has(band)) words.set(band, `${band} from ${inUnit(from, measure.unit)}`)
  }
  return [...words.values()].join(', ')
}

const unansweredPart = () => [
  '',
  '## What no ledger can tell',
  '',
  'These are known, and payments and account attributes cannot answer them. Silence about them is not absence.',
  '',
  '| red flag | what is missing | what to do instead | source |',
  '| --- | --- | --- | --- |',
  ...loadUnanswered().map(
    ({ id, name, missing, ask, source }) => `| ${id}: ${name} | ${missing} | ${ask} | ${source} |`,
  ),
]

const excusesPart = (excuses: Excuses) => [
  '',
  '## Who is left alone',
  '',
  'Named by the rules above; a rule names only those whose trade looks like its pattern.',
  '',
  '| who | why |',
  '| --- | --- |',
  ...Object.values(excuses).map(({ name, why }) => `| ${name} | ${why.trim()} |`),
]
