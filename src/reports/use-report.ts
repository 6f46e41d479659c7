import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import type { Identity, ReportDraft } from './draft.ts'
import { editBetween, moveSpans, type Span } from './edit.ts'
import type { EditorState } from './editor-state.ts'
import type { Entry } from './entries.ts'
import type { TextBoxHandle } from './text-box.tsx'
import { type EditorTools, useEditor } from './use-editor.ts'
import { useFacts } from './use-facts.ts'
import { useFiles } from './use-files.ts'
import { useMarks } from './use-marks.ts'
import { useMatches } from './use-matches.ts'
import { type ReadNow, useReading } from './use-reading.ts'

export interface ReportToWrite {
  readonly draftId: string
  readonly first: ReportDraft
  /** The draft is on the server for the first time, or again. */
  readonly onKept?: () => void
}

export type ReportAtWork = ReturnType<typeof useReport>

/** Everything of one report while it is written: its text, what is read in it, its facts, its files, what is known of them. */
export function useReport({ draftId, first, onKept }: ReportToWrite) {
  const me = useMe()
  const { state, kept, tools } = useEditor(draftId, first, me.member)
  useWhoCanActAtHand()
  const isKept = kept.is === 'kept'
  useEffect(() => {
    if (isKept) onKept?.()
  }, [isKept, onKept])
  const { change, now } = tools
  const { reading, reader, long } = useReading(state.text, me.org.country)
  const box = useRef<TextBoxHandle>(null)
  const selected = useCallback(() => {
    const { start = 0, end = 0 } = box.current?.selection() ?? {}
    return now().text.slice(start, end)
  }, [now])
  const facts = useFacts({ state, tools, reading, selected })
  const files = useFiles({ reader, country: me.org.country, orgId: me.org.id, now, change })
  const onTokens = useCallback(
    (tokens: EditorState['tokens']) =>
      change((before) => ({ ...before, tokens: { ...before.tokens, ...tokens } })),
    [change],
  )
  const { entries } = facts
  const matches = useMatches({ entries, tokens: state.tokens, memberId: me.member.id, onTokens })
  const hand = useHand({ box, entries, reading, now })
  const marks = useMarks({ entries, reading, open: facts.refused, text: state.text })
  const typing = useTyping(change)
  return { me, state, kept, tools, reading, reader, long, box, facts, files, matches, hand, marks, typing }
}

/** What the part below asks for is asked for early: it stands there when the first account is confirmed. */
function useWhoCanActAtHand(): void {
  useEffect(() => {
    void queryClient.prefetchQuery(queries.network())
    void queryClient.prefetchQuery(queries.rails())
  }, [])
}

interface Within {
  readonly box: { readonly current: TextBoxHandle | null }
  readonly entries: readonly Entry[]
  readonly reading: ReadNow
  readonly now: EditorTools['now']
}

/** The fact that is in hand, the same in the text and in the list, and going from one to the other. */
function useHand({ box, entries, reading, now }: Within) {
  const [current, setCurrent] = useState<string | null>(null)
  const [focusAsked, setFocusAsked] = useState(0)
  const { readText } = reading
  const show = useCallback(
    (span: Span) => {
      const [here] = moveSpans([span], editBetween(readText, now().text))
      if (here) box.current?.show(here)
    },
    [box, readText, now],
  )
  const pick = useCallback(
    (key: string) => {
      setCurrent(key)
      const entry = entries.find((it) => it.key === key)
      const place = entry?.places.find(({ source }) => source === 'text')
      if (place) show(place)
    },
    [entries, show],
  )
  const toList = useCallback(() => setFocusAsked((times) => times + 1), [])
  const toText = useCallback(() => box.current?.focus(), [box])
  return { current, setCurrent, focusAsked, show, pick, toList, toText }
}

/** What is typed into the text and beside it. */
function useTyping(change: EditorTools['change']) {
  return useMemo(
    () => ({
      text: (text: string) => change((before) => ({ ...before, text })),
      identity: (identity: Identity) => change((before) => ({ ...before, identity })),
    }),
    [change],
  )
}
