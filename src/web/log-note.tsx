import { Button } from '@mantine/core'
import { useState } from 'react'
import { startAnew, useLogTrouble } from './log-watch.ts'
import { WarnIcon } from './parts/icons.tsx'
import { CopyButton } from './parts/identifier.tsx'
import styles from './parts/notes.module.css'

/** Above every page while the audit log is not the one that this browser has seen: what is wrong, and what to do. */
export function LogNote() {
  const trouble = useLogTrouble()
  const [sure, setSure] = useState(false)
  if (!trouble) return null
  const evidence = JSON.stringify({ seen: trouble.seen, now: trouble.now, why: trouble.why }, null, 2)
  return (
    <div className={styles.error} role="alert">
      <WarnIcon />
      <div>
        <p>
          <strong>These pages are read-only: {trouble.why}.</strong> Either the server was restored from an
          old backup, or somebody has changed what was recorded. Copy the evidence, and talk to your steward
          and to a colleague of another organisation by a channel you trust, not through these pages.
        </p>
        <p>
          Evidence <CopyButton text={evidence} what="evidence" />
        </p>
        {sure ? (
          <Button size="xs" color="red" onClick={startAnew}>
            I know what happened: trust the log as it is now
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => setSure(true)}>
            Go on all the same…
          </Button>
        )}
      </div>
    </div>
  )
}
