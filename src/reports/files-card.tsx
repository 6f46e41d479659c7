import { ActionIcon, Button, FileButton } from '@mantine/core'
import { memo } from 'react'
import { CloseIcon, SealIcon, WarnIcon } from '../web/parts/icons.tsx'
import { Progress } from '../web/parts/progress.tsx'
import styles from './cards.module.css'
import type { LiveFile } from './editor-state.ts'
import { bytesWords, MOST_FILES, READ_LIMIT, SEAL_LIMIT } from './incoming.ts'
import { count } from './kinds.ts'

export interface FilesCardProps {
  readonly files: readonly LiveFile[]
  readonly onFiles: (files: readonly File[]) => void
  readonly onCancel: (id: string) => void
  readonly onRemove: (id: string) => void
  readonly onRetry: (id: string) => void
  /** What was not taken, and why. */
  readonly refusals: readonly string[]
  readonly orgName: string
}

const MB = 1_000_000

/** Evidence: each file is sealed here as it is, then sent; what is text is also read. */
export const FilesCard = memo(function FilesCard(props: FilesCardProps) {
  const { files, onFiles, refusals, orgName } = props
  return (
    <section className={`${styles.card} ${styles.sealed}`} aria-label="Files, sealed">
      <header>
        <h2>
          <SealIcon /> Files
        </h2>
        <p>
          Each is sealed in this browser, unchanged, to people of {orgName}, as soon as you drop it, so that a
          closed window loses nothing.
        </p>
      </header>
      <ul className={styles.files}>
        {files.map((file) => (
          <FileRow key={file.id} file={file} {...props} />
        ))}
      </ul>
      <div role="alert">
        {refusals.map((why) => (
          <p key={why} className={styles.warn}>
            <WarnIcon /> {why}
          </p>
        ))}
      </div>
      <div className={styles.choose}>
        <FileButton onChange={(chosen) => onFiles(chosen)} multiple>
          {(button) => (
            <Button {...button} variant="default" size="sm">
              Choose files
            </Button>
          )}
        </FileButton>
        <span className="quiet small">
          or drop them on the text. WhatsApp and Telegram exports, statements as CSV, pictures, PDF; up to{' '}
          {MOST_FILES} of {bytesWords(SEAL_LIMIT)} each, read up to {bytesWords(READ_LIMIT)}.
        </span>
      </div>
    </section>
  )
})

function FileRow({ file, ...props }: FilesCardProps & { readonly file: LiveFile }) {
  const { id, name, status, sent, total, startedAt, error, note, problems, reading, safety } = file
  const moving = isMoving(file)
  return (
    <li>
      <FileHead file={file} {...props} />
      {moving && (
        <Progress
          label={status === 'sending' ? `Sending ${name}, sealed` : `Sealing ${name}`}
          done={sent / MB}
          total={total / MB}
          unit="MB"
          startedAt={startedAt}
          onCancel={() => props.onCancel(id)}
        />
      )}
      {reading && (
        <Progress
          label={`Reading ${name} on this device`}
          done={reading.done / MB}
          total={reading.total / MB}
          unit="million letters"
          startedAt={reading.startedAt}
        />
      )}
      {error && (
        <p className={styles.warn} role="alert">
          <WarnIcon /> {error}
        </p>
      )}
      {safety && (
        <p className={styles.urgent} role="alert">
          <WarnIcon /> <strong>Safety first.</strong> In {name}: {safety}. Follow your safeguarding procedure
          before anything else.
        </p>
      )}
      {note && <p className="quiet small">{note}</p>}
      {problems.length > 0 && (
        <details className="small">
          <summary>{count(problems.length, 'place')} could not be read</summary>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function isMoving({ status }: LiveFile): boolean {
  return status === 'sealing' || status === 'sending' || status === 'waiting'
}

function FileHead({ file, onRetry, onRemove }: FilesCardProps & { readonly file: LiveFile }) {
  const { id, name, size, status } = file
  return (
    <div className={styles.file}>
      <span className={styles.name}>
        <bdi>{name}</bdi> <span className="quiet">{bytesWords(size)}</span>
      </span>
      {status === 'done' && <span className={styles.done}>sealed</span>}
      {status === 'failed' && (
        <Button size="compact-xs" variant="default" onClick={() => onRetry(id)}>
          Try again
        </Button>
      )}
      {!isMoving(file) && (
        <ActionIcon variant="subtle" size={24} aria-label={`Take ${name} out`} onClick={() => onRemove(id)}>
          <CloseIcon />
        </ActionIcon>
      )}
    </div>
  )
}
