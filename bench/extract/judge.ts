import { FACT_KINDS } from '../../src/core/fact.ts'
import { read } from '../../src/extract/read.ts'
import type { Case } from './cases.ts'
import { readPlainly } from './floor.ts'
import { countWords, type Found, type Score, score, type Tally, tally, tallyBy } from './score.ts'

/** What the reader made of one document. */
export interface Judged {
  readonly one: Case
  readonly ours: Score
  readonly floor: Score
  readonly words: number
  readonly language: string
  readonly isChat: boolean
  /** Facts inside messages of a recognised chat, and those of them that know who wrote them and when. */
  readonly inChat: { readonly facts: number; readonly attributed: number }
  /** Near misses that the reader refused aloud. */
  readonly refused: number
  /** Claims whose words are not the slice they point at. */
  readonly broken: readonly Found[]
}

export function judge(one: Case): Judged {
  const { facts, language, messages, refused } = read(one.text, one.options)
  const said = one.nearMisses.filter(({ kind, start, text }) =>
    refused.some((it) => it.kind === kind && it.start < start + text.length && start < it.end),
  )
  return {
    one,
    ours: score(one, facts),
    floor: score(one, readPlainly(one.text)),
    words: countWords(one.text),
    language,
    isChat: messages !== null,
    inChat: {
      facts: messages === null ? 0 : facts.length,
      attributed: messages === null ? 0 : facts.filter(({ speaker, at }) => speaker && at).length,
    },
    refused: said.length,
    broken: facts.filter((fact) => fact.text !== one.text.slice(fact.start, fact.end)),
  }
}

const CHATS = ['whatsapp', 'telegram', 'telegram-json', 'line', 'zalo', 'wechat']
const total = (scores: readonly Score[]): Tally => tallyBy(scores, () => 'all').get('all') ?? tally(0, 0, 0)
const perThousand = (wrong: number, words: number) => Math.round((wrong / Math.max(1, words)) * 100_000) / 100

/** Every figure of the bench; the shape of results.frozen.json. */
export function summary(judged: readonly Judged[]) {
  const ordinary = judged.filter(({ one }) => one.ordinary)
  const words = ordinary.reduce((sum, { words }) => sum + words, 0)
  const wrong = ordinary.reduce((sum, { ours }) => sum + ours.wrong.length, 0)
  const floorWrong = ordinary.reduce((sum, { floor }) => sum + floor.wrong.length, 0)
  const chats = judged.filter(({ one }) => CHATS.includes(one.kind))
  const spoken = judged.filter(({ one }) => one.language !== 'mixed')
  return {
    documents: judged.length,
    ordinary: {
      documents: ordinary.length,
      words,
      wrong,
      perThousand: perThousand(wrong, words),
      floorPerThousand: perThousand(floorWrong, words),
    },
    all: { ours: total(judged.map(({ ours }) => ours)), floor: total(judged.map(({ floor }) => floor)) },
    kinds: Object.fromEntries(FACT_KINDS.map((kind) => [kind, kindRow(judged, kind)])),
    languages: Object.fromEntries(
      [...Map.groupBy(judged, ({ one }) => one.language)].map(([at, some]) => [at, languageRow(some)]),
    ),
    nearMisses: {
      said: judged.reduce((sum, { refused }) => sum + refused, 0),
      of: judged.reduce((sum, { one }) => sum + one.nearMisses.length, 0),
    },
    chats: {
      recognised: chats.filter(({ isChat }) => isChat).length,
      of: chats.length,
      facts: chats.reduce((sum, { inChat }) => sum + inChat.facts, 0),
      attributed: chats.reduce((sum, { inChat }) => sum + inChat.attributed, 0),
    },
    language: {
      right: spoken.filter(({ one, language }) => one.language.split('-')[0] === language).length,
      of: spoken.length,
    },
    brokenSpans: judged.reduce((sum, { broken }) => sum + broken.length, 0),
  }
}

function kindRow(judged: readonly Judged[], kind: (typeof FACT_KINDS)[number]) {
  const pick = (side: 'ours' | 'floor') =>
    tallyBy(
      judged.map((it) => it[side]),
      (it) => it.kind,
    ).get(kind) ?? tally(0, 0, 0)
  return { ours: pick('ours'), floor: pick('floor') }
}

function languageRow(judged: readonly Judged[]) {
  const ordinary = judged.filter(({ one }) => one.ordinary)
  const words = ordinary.reduce((sum, { words }) => sum + words, 0)
  const wrong = ordinary.reduce((sum, { ours }) => sum + ours.wrong.length, 0)
  return {
    documents: judged.length,
    ours: total(judged.map(({ ours }) => ours)),
    floor: total(judged.map(({ floor }) => floor)),
    ordinaryPerThousand: perThousand(wrong, words),
  }
}
