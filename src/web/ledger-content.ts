import terms from '../../content/codelists/report-terms.yaml'
import columns from '../../content/ledger/columns.yaml'
import scale from '../../content/ledger/scale.yaml'
import excuses from '../../content/typologies/excuses.yaml'
import reach from '../../content/typologies/reach.yaml'
import unanswered from '../../content/typologies/unanswered.yaml'
import words from '../../content/typologies/words.yaml'

const FILES: Readonly<Record<string, unknown>> = {
  'codelists/report-terms.yaml': terms,
  'ledger/columns.yaml': columns,
  'ledger/scale.yaml': scale,
  'typologies/excuses.yaml': excuses,
  'typologies/reach.yaml': reach,
  'typologies/unanswered.yaml': unanswered,
  'typologies/words.yaml': words,
}
const RULES = import.meta.glob<unknown>('../../content/typologies/TX-*.yaml', {
  eager: true,
  import: 'default',
})

/** What the build found in `content/`; the twin of ledger/content-files.ts where there are no files. */
export function content(path: string): unknown {
  if (!(path in FILES)) throw new Error(`content/${path} is not part of the page`)
  return FILES[path]
}

export const writtenRules = (): unknown[] =>
  Object.keys(RULES)
    .sort()
    .map((it) => RULES[it])
