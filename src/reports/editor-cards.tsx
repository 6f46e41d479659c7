import styles from './editor.module.css'
import { FilesCard } from './files-card.tsx'
import { IdentityCard } from './identity-card.tsx'
import { LureCard } from './lure-card.tsx'
import { ReadingCard } from './reading-card.tsx'
import { TimelineCard } from './timeline-card.tsx'
import type { ReportAtWork } from './use-report.ts'

/** Below the text: the person and the files, sealed, and what else was read in it. */
export function EditorCards({ report }: { readonly report: ReportAtWork }) {
  const { state, reading, files, hand, typing, me } = report
  return (
    <div className={styles.cards}>
      <div className={styles.stack}>
        <IdentityCard
          identity={state.identity}
          onIdentity={typing.identity}
          names={reading.names}
          orgName={me.org.name}
        />
        {state.text !== '' && <ReadingCard assessment={reading.assessment} onShow={hand.show} />}
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
        <LureCard lure={reading.lure} onShow={hand.show} />
        <TimelineCard
          messages={reading.reading?.messages ?? null}
          text={reading.readText}
          onShow={hand.show}
        />
      </div>
    </div>
  )
}
