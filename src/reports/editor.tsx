import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import type { Identity, ReportDraft } from './draft.ts'
import { editBetween, moveSpans, type Span } from './edit.ts'
import styles from './editor.module.css'
import { EditorHead } from './editor-head.tsx'
import type { EditorState } from './editor-state.ts'
import type { Entry } from './entries.ts'
import { FactForm } from './fact-form.tsx'
import { FactList } from './fact-list.tsx'
import { FilesCard } from './files-card.tsx'
import { IdentityCard } from './identity-card.tsx'
import { LureCard } from './lure-card.tsx'
import { ReadingCard, SafeguardingNote } from './reading-card.tsx'
import { RequestsPart } from './requests-part.tsx'
import { TextBox, type TextBoxHandle } from './text-box.tsx'
import type { Mark } from './text-mirror.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { useEditor } from './use-editor.ts'
import { useFacts } from './use-facts.ts'
import { useFiles } from './use-files.ts'
import { useMatches } from './use-matches.ts'
import { type ReadNow, useReading } from './use-reading.ts'

export interface ReportEditorProps {
  readonly draftId: string
  readonly first: ReportDraft
  /** The draft is on the server for the first time, or again. */
  readonly onKept?: () => void
}

/** One report while it is written: the text, the facts beside it, the person, the files, and who can act. */
export function ReportEditor({ draftId, first, onKept }: ReportEditorProps) {
  const me = useMe()
  const editor = useEditor(draftId, first, me.member.recipient)
  useEffect(() => {
    void queryClient.prefetchQuery(queries.network())
    void queryClient.prefetchQuery(queries.rails())
  }, [])
  const isKept = editor.kept.is === 'kept'
  useEffect(() => {
    if (isKept) onKept?.()
  }, [isKept, onKept])
  const { state, kept, tools } = editor
  const { change, now } = tools
  const { reading, reader } = useReading(state.text, me.org.country)
  const edit = useMemo(() => editBetween(reading.readText, state.text), [reading.readText, state.text])
  const box = useRef<TextBoxHandle>(null)
  const selected = useCallback(() => {
    const { start = 0, end = 0 } = box.current?.selection() ?? {}
    return now().text.slice(start, end)
  }, [now])
  const facts = useFacts({ state, tools, reading, selected })
  const { entries, acts } = facts
  const files = useFiles({ reader, country: me.org.country, orgId: me.org.id, now, change })
  const onTokens = useCallback(
    (tokens: EditorState['tokens']) =>
      change((before) => ({ ...before, tokens: { ...before.tokens, ...tokens } })),
    [change],
  )
  const matches = useMatches({ entries, tokens: state.tokens, memberId: me.member.id, onTokens })
  const [current, setCurrent] = useState<string | null>(null)
  const [focusAsked, setFocusAsked] = useState(0)
  const show = useCallback(
    (span: Span) => {
      const [here] = moveSpans([span], editBetween(reading.readText, now().text))
      if (here) box.current?.show(here)
    },
    [reading.readText, now],
  )
  const pickInList = useCallback(
    (key: string) => {
      setCurrent(key)
      const place = placeOf(key, entries)
      if (place) show(place)
    },
    [entries, show],
  )
  const readMarks = useMarks(entries, reading, facts.refused)
  const marks = useMemo(() => moveSpans(readMarks, edit), [readMarks, edit])
  const setText = useCallback((text: string) => change((before) => ({ ...before, text })), [change])
  const setIdentity = useCallback(
    (identity: Identity) => change((before) => ({ ...before, identity })),
    [change],
  )
  const toList = useCallback(() => setFocusAsked((times) => times + 1), [])
  const toText = useCallback(() => box.current?.focus(), [])
  const fileName = useCallback(
    (id: string) => now().files.find((file) => file.id === id)?.name ?? null,
    [now],
  )
  const form = facts.form && (
    <FactForm
      key={`${facts.form.start.title} ${facts.form.start.value}`}
      start={facts.form.start}
      check={reader.check}
      onSave={(said) => {
        facts.form?.save(said)
        toList()
      }}
      onCancel={() => {
        facts.closeForm()
        toList()
      }}
    />
  )
  // what is typed is shown at once; everything that only follows from it may come a moment later
  const calm = useDeferredValue(state)
  const { requests, tlp } = state
  const parts = { state: calm, requests, tlp, tools, entries, reading, matches, me }
  return (
    <>
      <EditorHead {...parts} kept={kept} />
      {!state.saving.reported && (
        <>
          <div className={styles.gap}>
            <SafeguardingNote assessment={reading.assessment} onShow={show} />
          </div>
          {reading.error != null && <ErrorNote error={reading.error} what="Not read" />}
          <div className={styles.top}>
            <div>
              <TextBox
                handle={box}
                text={state.text}
                onText={setText}
                marks={marks}
                current={current}
                onPick={setCurrent}
                onFiles={files.add}
                onRefused={files.refuse}
                onAdd={acts.add}
                onLeave={toList}
              />
            </div>
            <div className={styles.list}>
              <FactList
                entries={entries}
                refused={facts.refused}
                current={current}
                onCurrent={pickInList}
                acts={acts}
                undoWords={facts.undoWords}
                known={matches.known}
                fileName={fileName}
                onCorrectRefused={facts.correctRefused}
                onDismissRefused={facts.dismissRefused}
                focusAsked={focusAsked}
                onLeave={toText}
                form={form}
              />
            </div>
          </div>
          <div className={styles.cards}>
            <div className={styles.stack}>
              <IdentityCard
                identity={state.identity}
                onIdentity={setIdentity}
                names={reading.names}
                orgName={me.org.name}
              />
              {state.text !== '' && <ReadingCard assessment={reading.assessment} onShow={show} />}
            </div>
            <div className={styles.stack}>
              <FilesCard
                files={state.files}
                onFiles={files.add}
                onCancel={files.cancel}
                onRemove={files.remove}
                onRetry={files.retry}
                refusals={files.refusals}
                orgName={me.org.name}
              />
              <LureCard lure={reading.lure} onShow={show} />
              <TimelineCard
                messages={reading.reading?.messages ?? null}
                text={reading.readText}
                onShow={show}
              />
            </div>
          </div>
        </>
      )}
      {/* its own boundary: what it waits for must not take the text away from under somebody's hands */}
      <Suspense fallback={null}>
        <RequestsPart {...parts} />
      </Suspense>
    </>
  )
}

function placeOf(key: string, entries: readonly Entry[]): Span | null {
  const entry = entries.find((it) => it.key === key)
  return entry?.places.find(({ source }) => source === 'text') ?? null
}

/** Where the text is marked: facts by how they were decided, what looks wrong, and names. */
function useMarks(
  entries: readonly Entry[],
  { names, refused }: ReadNow,
  open: ReadNow['refused'],
): readonly Mark[] {
  return useMemo(() => {
    const marks: Mark[] = entries.flatMap((entry) =>
      entry.places
        .filter(({ source }) => source === 'text')
        .map(({ start, end }) => ({ start, end, key: entry.key, look: lookOf(entry) })),
    )
    const shown = refused.filter((it) => open.some(({ text, kind }) => text === it.text && kind === it.kind))
    for (const { start, end } of shown) marks.push({ start, end, key: `refused ${start}`, look: 'refused' })
    for (const { start, end } of names) marks.push({ start, end, key: `name ${start}`, look: 'name' })
    return apart(marks.sort((a, b) => a.start - b.start))
  }, [entries, names, refused, open])
}

function lookOf({ state, shared }: Entry): Mark['look'] {
  if (state === 'found') return 'found'
  return shared ? 'shared' : 'sealed'
}

/** The earlier of two marks that overlap. */
function apart(marks: readonly Mark[]): Mark[] {
  let end = 0
  return marks.filter((mark) => {
    if (mark.start < end) return false
    end = mark.end
    return true
  })
}
