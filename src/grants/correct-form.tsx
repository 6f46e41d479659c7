import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import { sendCorrection } from './send-share.ts'
import type { Share } from './shapes.ts'
import { targetsOf } from './share-plan.ts'

export interface CorrectFormProps {
  readonly share: Share
  readonly cryptoKey: CryptoKey | null
  readonly onEnd: () => void
}

/** Another report takes the place of one that was wrong: the same recipients, the same terms, and they are told. */
export function CorrectForm({ share, cryptoKey, onEnd }: CorrectFormProps) {
  const { member } = useMe()
  const mine = useQuery({ queryKey: ['reports', 'newest'], queryFn: () => api.reports({ limit: 50 }) })
  const network = useQuery(queries.network())
  const [it, setIt] = useState({ itemId: '', note: '' })
  const others = (mine.data?.reports ?? []).filter(({ ref }) => ref !== share.ref)
  const correcting = useAct(
    async ({ itemId, note }: typeof it, key) => {
      const [report, marking, targets] = await Promise.all([
        api.report(itemId),
        api.marking(itemId),
        targetsOf(share, network.data?.orgs ?? [], member.id),
      ])
      const content = cryptoKey === null ? [] : [report.sealedId, ...report.evidence]
      const body = { shareId: share.id, itemId, note: note.trim(), use: share.purpose, targets, content }
      return sendCorrection(body, { marking, key: cryptoKey }, key)
    },
    async () => {
      await queryClient.invalidateQueries({ queryKey: ['shares'] })
      await queryClient.invalidateQueries({ queryKey: ['share'] })
      onEnd()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void correcting.run(it)
  }
  return (
    <form
      className={styles.inner}
      style={{ flexBasis: '100%' }}
      onSubmit={submit}
      aria-label={`Put ${share.ref} right`}
    >
      <p className={styles.happens}>
        {share.grants.map(({ name }) => name).join(', ')} cannot read {share.ref} from this moment. They are
        told what was wrong, and find the corrected report in its place, on the same terms
        {cryptoKey === null ? '; its story stays sealed, because your key is locked here' : ''}. Who had read
        the old one stands under “Who read it”.
      </p>
      <NativeSelect
        label="The corrected report"
        description="Write and save it first; it stands among your newest fifty."
        value={it.itemId}
        onChange={(event) => setIt({ ...it, itemId: event.currentTarget.value })}
        data={[
          { value: '', label: 'Choose' },
          ...others.map(({ id, ref, authorName }) => ({ value: id, label: `${ref}, by ${authorName}` })),
        ]}
      />
      <Textarea
        label="What was wrong (they read this)"
        autosize
        minRows={1}
        maxRows={5}
        maxLength={1_000}
        value={it.note}
        onChange={(event) => setIt({ ...it, note: event.currentTarget.value })}
      />
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="sm"
          loading={correcting.busy}
          disabled={it.itemId === '' || it.note.trim() === ''}
        >
          Put it in its place
        </Button>
        <Button size="sm" variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {correcting.error && <ErrorNote error={correcting.error} what="It is shared as before" />}
    </form>
  )
}
