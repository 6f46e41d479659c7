import type { Assessment, Coverage, IndicatorFinding, Sentence } from '../assess/assess.ts'
import { onStdout as pc } from './colour.ts'
import { printable } from './printable.ts'

/** Sentences shown of one sign; `--json` gives all. */
const MOST_SENTENCES = 5
const COVERAGE: Record<Coverage, string> = {
  supported: 'the text speaks of it',
  'not mentioned': 'not mentioned, which is not a no',
  denied: 'the text says it was not so',
}

/** What may not wait: a child, or any sign of violence. Printed before everything else that was read. */
export function safeguardingLines({ safeguarding }: Assessment): string[] {
  if (!safeguarding) return []
  const said = `Safeguarding: ${safeguarding.why}. Follow your safeguarding procedure first.`
  return [pc.red(`  ${printable(said)}`)]
}

/**
 * What a text says happened, element by element, each sign with its sentences; then what it says did not.
 * @param hide  what is done to the words of a text before they are printed
 */
export function signLines(
  { indicators, denied, general, elements }: Assessment,
  hide: (words: string) => string = (words) => words,
): string[] {
  const { act, means, purpose } = elements
  const nothing = indicators.length === 0 ? ['  no indicators found, which is not the same as none'] : []
  return [
    `  Act: ${covered(act)}   Means: ${covered(means)}   Purpose: ${covered(purpose)}`,
    ...nothing,
    ...indicators.flatMap((one) => findingLines(one, hide)),
    ...listed('said not to be so', denied),
    ...listed('only in general, as a condition or a question', general),
  ]
}

function covered(coverage: Coverage): string {
  return coverage === 'supported' ? pc.cyan(COVERAGE[coverage]) : pc.dim(COVERAGE[coverage])
}

function findingLines(
  { id, name, about, why, sentences }: IndicatorFinding,
  hide: (words: string) => string,
): string[] {
  const shown = sentences.slice(0, MOST_SENTENCES).map((one) => sentenceLine(one, hide))
  const more = sentences.length - MOST_SENTENCES
  const whose = about === 'speaker' ? 'of the one who speaks' : 'of somebody else'
  const said = pc.dim(`${whose}; ${printable(why.replace(`, read as: ${name}`, ''))}`)
  return [
    `  ${pc.cyan(id)}  ${name}  ${said}`,
    ...shown,
    ...(more > 0 ? [pc.dim(`      and ${more} more; --json prints all`)] : []),
  ]
}

/** With the hour of the message, and without the name of who wrote it: names are never printed here. */
function sentenceLine({ text, at }: Sentence, hide: (words: string) => string): string {
  const when = at ? ` ${at.replace('T', ' ').slice(0, 16)}` : ''
  return pc.dim(`      “${printable(hide(text))}”${when}`)
}

function listed(label: string, found: readonly IndicatorFinding[]): string[] {
  return found.map(({ id, name }) => pc.dim(`  ${label}: ${name} (${id})`))
}
