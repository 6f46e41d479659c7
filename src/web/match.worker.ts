import { HouseError } from '../core/errors.ts'
import { type Blinding, blind, LARGEST_BATCH } from '../match/blind.ts'
import { canonical } from '../match/canonical.ts'
import { MATCH_EPOCH, tokenInputs } from '../match/token.ts'
import type { AskedForm, MatchWork } from './match-words.ts'
import { answerCalls } from './worker-calls.ts'

/** Blinds and unblinds away from the page: some milliseconds of curve arithmetic for each identifier. */
let questions: Blinding[] = []

answerCalls<MatchWork>(
  {
    blind({ identifiers }) {
      const all = identifiers.map((it) => tokenInputs(it, MATCH_EPOCH))
      const forms: AskedForm[] = all.flatMap((inputs, of) =>
        inputs.map(({ kind, country, how }) => ({ of, kind, country: country ?? null, how })),
      )
      const inputs = all.flat().map(({ input }) => input)
      questions = []
      for (let from = 0; from < inputs.length; from += LARGEST_BATCH)
        questions.push(blind(inputs.slice(from, from + LARGEST_BATCH)))
      const refused = identifiers.map(({ kind, normal }, i) => {
        if (all[i]?.length) return null
        const found = canonical(kind, normal)
        return 'why' in found ? found.why : 'this cannot be matched'
      })
      return { forms, blinded: questions.flatMap(({ blinded }) => blinded), refused }
    },
    finish({ from, evaluation, publicKey }) {
      const question = questions[from / LARGEST_BATCH]
      if (!question) throw new HouseError('invalid', 'nothing was asked')
      return { tokens: question.finish(evaluation, publicKey) }
    },
  },
  'this could not be matched',
)
