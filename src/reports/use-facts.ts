import { useCallback, useMemo, useState } from 'react'
import type { Refusal } from '../extract/reading.ts'
import { FACT_WORDS } from '../web/parts/words.ts'
import { type Act, decide, undone, withAct } from './decide.ts'
import type { EditorState } from './editor-state.ts'
import { fileSources } from './editor-state.ts'
import { type Decisions, type Entry, entriesOf, type Said } from './entries.ts'
import { type FactFormStart, startOf } from './fact-form.tsx'
import type { FactActs } from './fact-list.tsx'
import { count, showNormal } from './kinds.ts'
import type { EditorTools } from './use-editor.ts'
import type { ReadNow } from './use-reading.ts'

export interface FactForms {
  readonly start: FactFormStart
  readonly save: (said: Said) => void
}

export interface Facts {
  readonly entries: readonly Entry[]
  readonly refused: readonly Refusal[]
  readonly acts: FactActs
  readonly undoWords: string | null
  readonly form: FactForms | null
  readonly closeForm: () => void
  readonly correctRefused: (refusal: Refusal) => void
  readonly dismissRefused: (refusal: Refusal) => void
}

interface Given {
  readonly state: Pick<EditorState, 'files' | 'history'>
  readonly tools: EditorTools
  readonly reading: ReadNow
  /** The words selected in the text. */
  readonly selected: () => string
}

/** The list as it stands and everything a person can do to it. */
export function useFacts({ state, tools, reading, selected }: Given): Facts {
  const { change } = tools
  const { files, history } = state
  const { readText } = reading
  const [form, setForm] = useState<FactForms | null>(null)
  // before the first reading nobody knows whether the words of a fact stand in the text
  const unread = reading.reading === null
  const entries = useMemo(
    () =>
      withoutGone(
        unread,
        entriesOf([{ source: 'text', facts: reading.facts }, ...fileSources(files)], history.now, readText),
      ),
    [unread, reading.facts, files, history.now, readText],
  )
  const refused = useMemo(
    () => openRefusals(reading.refused, entries, history.now),
    [reading.refused, entries, history.now],
  )

  const act = useCallback(
    (it: Act, words: string) =>
      change((before) => ({
        ...before,
        history: withAct(before.history, decide(before.history.now, it), words),
      })),
    [change],
  )
  const open = useCallback(
    (start: FactFormStart, it: (said: Said) => readonly [Act, string]) => {
      const save = (said: Said) => {
        act(...it(said))
        setForm(null)
      }
      setForm({ start, save })
    },
    [act],
  )
  const acts = useMemo(
    (): FactActs => ({
      confirm: (these) => act({ do: 'confirm', entries: these }, `confirmed ${nameOf(these)}`),
      remove: (entry) => act({ do: 'remove', entry }, `removed ${nameOf([entry])}`),
      share: (entry, shared) =>
        act({ do: 'share', entry, shared }, `${shared ? 'ticked' : 'sealed'} ${nameOf([entry])}`),
      own: (entry) => {
        const role = entry.role === 'payer' ? 'payee' : 'payer'
        const words = role === 'payer' ? "the person's own" : 'the one that received'
        act({ do: 'role', entry, role }, `marked ${nameOf([entry])} as ${words}`)
      },
      correct: (entry) =>
        open(startOf(`Correct this ${FACT_WORDS[entry.kind]}`, entry), (to) => [
          { do: 'correct', entry, to },
          `corrected ${nameOf([entry])}`,
        ]),
      add: () => {
        const from = selected()
        open({ title: 'Add a fact', kind: 'bank_account', value: from.trim(), currency: '' }, (said) => [
          { do: 'add', said, from },
          `added ${showNormal(said.normal)}`,
        ])
      },
      undo: () => change((before) => ({ ...before, history: undone(before.history) })),
    }),
    [act, open, change, selected],
  )
  const correctRefused = useCallback(
    ({ kind, text: words }: Refusal) =>
      open({ title: `Correct this ${FACT_WORDS[kind]}`, kind, value: words, currency: '' }, (said) => [
        { do: 'add', said, from: words },
        `corrected ${words}`,
      ]),
    [open],
  )
  const dismissRefused = useCallback(
    (refusal: Refusal) =>
      act({ do: 'dismiss', key: refusalKey(refusal), said: saidOf(refusal) }, `set aside ${refusal.text}`),
    [act],
  )
  return {
    entries,
    refused,
    acts,
    undoWords: history.past.at(-1)?.words ?? null,
    form,
    closeForm: useCallback(() => setForm(null), []),
    correctRefused,
    dismissRefused,
  }
}

function withoutGone(unread: boolean, entries: readonly Entry[]): readonly Entry[] {
  return unread ? entries.map((entry) => ({ ...entry, gone: false })) : entries
}

/** What looks wrong and nobody has dealt with: corrected or set aside it is gone. */
function openRefusals(
  refused: readonly Refusal[],
  entries: readonly Entry[],
  decisions: Decisions,
): readonly Refusal[] {
  const seen = new Set<string>()
  return refused.filter((refusal) => {
    const key = refusalKey(refusal)
    if (seen.has(key) || decisions.has(key)) return false
    seen.add(key)
    const { start, end } = refusal
    return !entries.some(
      ({ origin, places }) =>
        origin !== 'read' && places.some((at) => at.source === 'text' && at.start < end && start < at.end),
    )
  })
}

function refusalKey({ kind, text }: Refusal): string {
  return `refused|${kind}|${text}`
}

function saidOf({ kind, text, why }: Refusal): Said {
  return { kind, value: text, normal: text, confidence: 0, why }
}

function nameOf(entries: readonly Entry[]): string {
  const [first] = entries
  if (entries.length !== 1 || !first) return count(entries.length, 'fact')
  return `${FACT_WORDS[first.kind]} ${showNormal(first.normal)}`
}
