import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useAct } from '../web/use-act.ts'
import styles from './editor.module.css'
import type { Kept } from './keeper.ts'
import { type EditorTools, isElsewhere } from './use-editor.ts'

interface Elsewhere {
  readonly kept: Kept
  readonly tools: EditorTools
}

/** The draft was changed or ended in another window: neither overwrites the other, and the person says what becomes of this one. */
export function ElsewhereNote({ kept, tools }: Elsewhere) {
  const navigate = useNavigate()
  const apart = useAct(tools.keepApart, async (draft: string) => {
    await navigate({ to: '/reports/new', search: { draft }, replace: true })
  })
  if (kept.is !== 'failed' || !isElsewhere(kept.code)) return null
  const isGone = kept.code === 'not_found'
  return (
    <div role="alert" className={styles.elsewhere}>
      <p>
        <strong>
          {isGone
            ? 'This draft was saved as a report, or thrown away, in another window.'
            : 'This draft was also changed in another window or on another device.'}
        </strong>{' '}
        What you wrote here since is not kept yet.
      </p>
      {apart.error && <ErrorNote error={apart.error} what="It was not kept" />}
      <div className={styles.actions}>
        <Button size="md" loading={apart.busy} onClick={() => void apart.run(undefined)}>
          {isGone ? 'Keep this as a new draft' : 'Keep both, this one as a new draft'}
        </Button>
        {!isGone && (
          <Button
            variant="default"
            size="md"
            onClick={() => void tools.letGo().then(() => location.reload())}
          >
            Show the other and drop this one
          </Button>
        )}
      </div>
    </div>
  )
}
