import { useCallback, useMemo, useState } from 'react'
import type { Refusal } from '../extract/reading.ts'
import { FACT_WORDS } from '../web/parts/words.ts'
import { type Act, decide, undone, withAct } from './decide.ts'
import type { EditorState } from './editor-state.ts'
import { fileSources } from './editor-state.ts'
import { type Decisions, type Entry, entriesOf, type Said } from './entries.ts'
import { emptyStart, type FactFormStart, startOf } from './fact-form-start.ts'
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
  const { history } = state
  const [form, setForm] = useState<FactForms | null>(null)
  const entries = useEntries(state, reading)
  const refused = useMemo(
    () => openRefusals(reading.refused, entries, history.now),
    [reading.refused, entries, history.now],
  )
  const act = useActing(tools)
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
  return {
    entries,
    refused,
    ...useFactActs({ act, open, tools, selected }),
    undoWords: history.past.at(-1)?.words ?? null,
    form,
    closeForm: useCallback(() => setForm(null), []),
  }
}

/** Before the first reading nobody knows whether the words of a fact stand in the text. */
function useEntries({ files, history }: Given['state'], reading: ReadNow): readonly Entry[] {
  const { facts, readText } = reading
  const unread = reading.reading === null
  return useMemo(
    () =>
      withoutGone(
        unread,
        entriesOf([{ source: 'text', facts }, ...fileSources(files)], history.now, readText),
      ),
    [unread, facts, files, history.now, readText],
  )
}

type Acting = (it: Act, words: string) => void

/** Does one act; its words say what undo would take back. */
function useActing({ change }: EditorTools): Acting {
  return useCallback(
    (it, words) =>
      change((before) => ({
        ...before,
        history: withAct(before.history, decide(before.history.now, it), words),
      })),
    [change],
  )
}

interface Doing extends Pick<Given, 'tools' | 'selected'> {
  readonly act: Acting
  /** Opens the form that corrects or adds; what was typed becomes the act. */
  readonly open: (start: FactFormStart, it: (said: Said) => readonly [Act, string]) => void
}

function useFactActs({ act, open, tools, selected }: Doing) {
  const { change } = tools
  return useMemo(() => {
    const acts: FactActs = {
      ...plainActs(act),
      correct: (entry) =>
        open(startOf(`Correct this ${FACT_WORDS[entry.kind]}`, entry), (to) => [
          { do: 'correct', entry, to },
          `corrected ${nameOf([entry])}`,
        ]),
      add: () => {
        const from = selected()
        open(emptyStart(from.trim()), (said) => [
          { do: 'add', said, from },
          `added ${showNormal(said.normal)}`,
        ])
      },
      undo: () => change((before) => ({ ...before, history: undone(before.history) })),
    }
    const correctRefused = ({ kind, text: words }: Refusal) =>
      open({ ...emptyStart(words), title: `Correct this ${FACT_WORDS[kind]}`, kind }, (said) => [
        { do: 'add', said, from: words },
        `corrected ${words}`,
      ])
    const dismissRefused = (refusal: Refusal) =>
      act({ do: 'dismiss', key: refusalKey(refusal), said: saidOf(refusal) }, `set aside ${refusal.text}`)
    return { acts, correctRefused, dismissRefused }
  }, [act, open, change, selected])
}

/** Acts that need no form. */
function plainActs(act: Acting): Pick<FactActs, 'confirm' | 'remove' | 'share' | 'own' | 'place'> {
  return {
    confirm: (these) => act({ do: 'confirm', entries: these }, `confirmed ${nameOf(these)}`),
    remove: (entry) => act({ do: 'remove', entry }, `removed ${nameOf([entry])}`),
    share: (entry, shared) =>
      act({ do: 'share', entry, shared }, `${shared ? 'ticked' : 'sealed'} ${nameOf([entry])}`),
    own: (entry) => {
      const role = entry.role === 'payer' ? 'payee' : 'payer'
      const words = role === 'payer' ? "the person's own" : 'the one that received'
      act({ do: 'role', entry, role }, `marked ${nameOf([entry])} as ${words}`)
    },
    place: (entry, kept) => act({ do: 'place', entry, ...kept }, `said where ${nameOf([entry])} is kept`),
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
