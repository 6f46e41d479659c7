import { Suspense, useCallback, useDeferredValue } from 'react'
import { HouseError } from '../core/errors.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import styles from './editor.module.css'
import { EditorCards } from './editor-cards.tsx'
import { EditorHead } from './editor-head.tsx'
import { FactForm } from './fact-form.tsx'
import { FactList } from './fact-list.tsx'
import { SafeguardingNote } from './reading-card.tsx'
import { ReadingProgress } from './reading-progress.tsx'
import { RequestsPart } from './requests-part.tsx'
import { TextBox } from './text-box.tsx'
import { type ReportAtWork, type ReportToWrite, useReport } from './use-report.ts'

/** One report while it is written: the text, the facts beside it, the person, the files, and who can act. */
export function ReportEditor(it: ReportToWrite) {
  const report = useReport(it)
  const { state, kept, tools, reading, matches, me, hand } = report
  const { entries, acts } = report.facts
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
            <SafeguardingNote assessment={reading.assessment} onShow={hand.show} />
          </div>
          {reading.error != null && (
            <ErrorNote error={reading.error} what="Not read" onRetry={report.long.again} />
          )}
          {reading.noSigns !== null && (
            <ErrorNote
              error={new HouseError('unavailable', `${reading.noSigns}; the facts are here`)}
              what="Signs were not looked for, a child's age among them"
              onRetry={report.long.again}
            />
          )}
          <Writing report={report} />
          <EditorCards report={report} />
        </>
      )}
      {/* its own boundary: what it waits for must not take the text away from under somebody's hands */}
      <Suspense fallback={null}>
        <RequestsPart {...parts} onPlace={acts.place} />
      </Suspense>
    </>
  )
}

/** The text, and the facts beside it. */
function Writing({ report }: { readonly report: ReportAtWork }) {
  const { state, tools, box, facts, files, matches, hand, marks, typing, reading, long } = report
  const { entries, acts } = facts
  const { now } = tools
  const fileName = useCallback(
    (id: string) => now().files.find((file) => file.id === id)?.name ?? null,
    [now],
  )
  return (
    <div className={styles.top}>
      <div>
        <TextBox
          handle={box}
          text={state.text}
          onText={typing.text}
          marks={marks}
          current={hand.current}
          onPick={hand.setCurrent}
          onFiles={files.add}
          onAdd={acts.add}
          onLeave={hand.toList}
        />
        <ReadingProgress long={reading.long} acts={long} />
      </div>
      <div className={styles.list}>
        <FactList
          entries={entries}
          refused={facts.refused}
          current={hand.current}
          onCurrent={hand.pick}
          acts={acts}
          undoWords={facts.undoWords}
          known={matches.known}
          fileName={fileName}
          onCorrectRefused={facts.correctRefused}
          onDismissRefused={facts.dismissRefused}
          focusAsked={hand.focusAsked}
          onLeave={hand.toText}
          form={facts.form && <OpenForm report={report} />}
        />
      </div>
    </div>
  )
}

/** The form that adds or corrects, while one of both is done. */
function OpenForm({ report }: { readonly report: ReportAtWork }) {
  const { facts, reader, hand } = report
  const { form, closeForm } = facts
  if (form === null) return null
  return (
    <FactForm
      key={`${form.start.title} ${form.start.value}`}
      start={form.start}
      check={reader.check}
      onSave={(said) => {
        form.save(said)
        hand.toList()
      }}
      onCancel={() => {
        closeForm()
        hand.toList()
      }}
    />
  )
}
