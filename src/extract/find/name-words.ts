import { parseForm, spellings } from '../lexicon/form.ts'
import { NAMES } from '../lexicon/names.ts'
import { Trie } from '../trie.ts'

/** What stands in front of a name (behind it for `han_title`), and so how the name is read. */
export type Lead =
  | 'title'
  | 'said'
  | 'kin'
  | 'holder'
  | 'unspaced_title'
  | 'unspaced_said'
  | 'unspaced_holder'
  | 'indic'
  | 'indic_holder'
  | 'han'
  | 'han_title'

const LISTS: readonly (readonly [Lead, readonly string[]])[] = [
  ['title', NAMES.titles],
  ['said', NAMES.said],
  ['kin', NAMES.kin],
  ['holder', NAMES.holders],
  ['unspaced_title', NAMES.unspaced.titles],
  ['unspaced_said', NAMES.unspaced.said],
  ['unspaced_holder', NAMES.unspaced.holders],
  ['indic', NAMES.indic.said],
  ['indic_holder', NAMES.indic.holders],
  ['han', [...NAMES.han.said, ...NAMES.han.holders]],
  ['han_title', NAMES.han.titles],
]

export interface Trigger {
  readonly lead: Lead
  /** Written exactly so, capitals included; null: any case. */
  readonly exact: string | null
}

/** Every word at which a name of a person is looked for. */
export const NAME_TRIGGERS = new Trie<Trigger>(
  LISTS.flatMap(([lead, list]) =>
    list.flatMap((marked) => {
      const { form, marks } = parseForm(marked)
      return spellings(form).map((spelling) => [spelling, { lead, exact: marks.exact }] as const)
    }),
  ),
)
