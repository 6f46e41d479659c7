import type { Marks } from '../lexicon/form.ts'
import { MONEY } from '../lexicon/money.ts'
import { Trie } from '../trie.ts'

/** Words with accents are told from others by them: đóng is to pay, đồng is not. */
const words = (list: string) =>
  new Trie<Marks>(
    list.split(/\s+/).map((word) => {
      const exact = /[\u00c0-\u1ef9]/.test(word) && !/[\u0900-\u1aff]/.test(word) ? word : null
      return [word, { exact, anyCase: true, languages: null }]
    }),
  )
export const MONEY_CUES = words(`${MONEY.cues} ${MONEY.pay_names}`)
export const AGAINST_MONEY = words(MONEY.weak_against)
