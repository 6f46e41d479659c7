import { Button, Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { BASES, type Basis, USES, type Use } from '../core/marking.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { capital } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import { AskSecond } from './ask-second.tsx'
import styles from './grants.module.css'
import { Recipients } from './recipient-picker.tsx'
import { sendShare } from './send-share.ts'
import { previewOf, type Target } from './share-plan.ts'
import { SharePreview } from './share-preview.tsx'
import { BASIS_WORDS, dayIn, endOfDay, USE_WORDS } from './words.ts'

export interface ShareFormProps {
  /** The report that is shared, or from which the request comes: its marks and consents count. */
  readonly reportId: string
  /** Set: this request is shared, for information; nothing sealed goes with it. */
  readonly requestId?: string
  readonly reference: string
  /** Its sealed records: the story first, then the files. */
  readonly content: readonly string[]
  /** The sharer's own key; without it the frame alone can be shared. */
  readonly cryptoKey: CryptoKey | null
  readonly onEnd: () => void
}

interface Draft {
  readonly targets: readonly Target[]
  readonly use: Use
  readonly basisKind: Basis
  readonly basis: string
  readonly until: string
  readonly reveal: boolean
  readonly story: boolean
}

/** Sharing a report: with whom, for what, on what basis, until when; and before it leaves, who will see what. */
export function ShareForm(props: ShareFormProps) {
  const { reportId, requestId, reference, cryptoKey, onEnd } = props
  const { data: marking } = useSuspenseQuery(queries.marking(reportId))
  const { data: asked } = useSuspenseQuery(queries.approvals())
  const [draft, setDraft] = useState<Draft>({
    targets: [],
    use: 'support',
    basisKind: 'consent',
    basis: '',
    until: dayIn(30, new Date()),
    reveal: false,
    story: cryptoKey !== null && requestId === undefined,
  })
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const approvedOrgs = approvedIn(asked.approvals, reportId)
  const preview = previewOf(marking, draft.targets, { use: draft.use, approvedOrgs })
  const barred = preview.filter(({ why }) => why !== null)
  const sharing = useSharing(props, marking)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void sharing.run(draft)
  }
  const firewalled = barred.filter(({ target }) => marking.possibleVictim && target.as === 'org')
  return (
    <form className={styles.form} onSubmit={submit} aria-label={`Share ${reference}`}>
      <h2>Share {reference}</h2>
      <Recipients
        targets={draft.targets}
        onAdd={(target) => set({ targets: [...draft.targets.filter(({ id }) => id !== target.id), target] })}
      />
      <Terms
        draft={draft}
        set={set}
        canSeal={cryptoKey !== null}
        files={requestId === undefined ? props.content.length - 1 : null}
      />
      <SharePreview
        preview={preview}
        story={draft.story}
        reveal={draft.reveal}
        onRemove={(id) => set({ targets: draft.targets.filter((it) => it.id !== id) })}
      />
      {firewalled.map(({ target }) => (
        <AskSecond key={target.id} reportId={reportId} org={target} />
      ))}
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="sm"
          loading={sharing.busy}
          disabled={draft.targets.length === 0 || barred.length > 0 || draft.basis.trim() === ''}
        >
          Share it
        </Button>
        <Button variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {sharing.error && <ErrorNote error={sharing.error} what="Nothing was shared" />}
    </form>
  )
}

/** Organisations for which a second person has approved that this report reaches them. */
function approvedIn(
  approvals: readonly {
    kind: string
    objectId: string
    toOrg: string | null
    decision: string | null
    expiresAt: string
  }[],
  reportId: string,
): string[] {
  return approvals
    .filter((it) => it.kind === 'victim_disclosure' && it.objectId === reportId && it.decision === 'approved')
    .filter(({ expiresAt }) => Date.parse(expiresAt) > Date.now())
    .flatMap(({ toOrg }) => toOrg ?? [])
}

function useSharing(
  { reportId, requestId, content, cryptoKey, onEnd }: ShareFormProps,
  marking: Parameters<typeof sendShare>[1]['marking'],
) {
  return useAct((it: Draft, key) => {
    const share = {
      targets: it.targets,
      use: it.use,
      basisKind: it.basisKind,
      basis: it.basis.trim(),
      reveal: it.reveal,
      expiresAt: endOfDay(it.until),
      content: it.story ? content : [],
    }
    const item =
      requestId === undefined
        ? ({ itemKind: 'report', itemId: reportId } as const)
        : ({ itemKind: 'request', itemId: requestId } as const)
    return sendShare(share, { ...item, marking, key: cryptoKey }, key)
  }, onEnd)
}

interface TermsProps {
  readonly draft: Draft
  readonly set: (part: Partial<Draft>) => void
  readonly canSeal: boolean
  /** Files beside the story; null where nothing sealed is shared. */
  readonly files: number | null
}

/** On what terms: what for, on what basis, until when, and how much of it. */
function Terms({ draft, set, canSeal, files }: TermsProps) {
  const { data: own } = useSuspenseQuery(queries.markings())
  const meaning = own.uses.find(({ id }) => id === draft.use)?.meaning
  return (
    <>
      <div className={styles.two}>
        <NativeSelect
          label="What for"
          description={meaning}
          value={draft.use}
          onChange={(event) => set({ use: event.currentTarget.value as Use })}
          data={USES.map((use) => ({ value: use, label: capital(USE_WORDS[use]) }))}
        />
        <TextInput
          type="date"
          label="Until the end of"
          description="Then nobody of them can read it any more."
          required
          withAsterisk={false}
          min={dayIn(0, new Date())}
          max={dayIn(364, new Date())}
          value={draft.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <Radio.Group
        label="On what it rests"
        value={draft.basisKind}
        onChange={(value) => set({ basisKind: value as Basis })}
      >
        <div className={styles.two} style={{ marginTop: '0.375rem' }}>
          {BASES.map((basis) => (
            <Radio key={basis} size="sm" value={basis} label={BASIS_WORDS[basis]} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={draft.basisKind === 'consent' ? 'To what the person agreed, and when' : 'Say which, and why'}
        value={draft.basis}
        onChange={(event) => set({ basis: event.currentTarget.value })}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={500}
        required
        withAsterisk={false}
      />
      {files !== null && (
        <Checkbox
          label={`With the sealed story${files > 0 ? ` and ${files === 1 ? 'one file' : `${files} files`}` : ''}`}
          description={
            canSeal
              ? 'Its key is sealed in this browser to whoever below may open it.'
              : 'Unlock your key on this page to share what is sealed; without it the frame alone goes.'
          }
          checked={draft.story && canSeal}
          disabled={!canSeal}
          onChange={(event) => set({ story: event.currentTarget.checked })}
        />
      )}
      <Checkbox
        label="Recipients may see who else receives it"
        description="Otherwise none of them learns of the others."
        checked={draft.reveal}
        onChange={(event) => set({ reveal: event.currentTarget.checked })}
      />
    </>
  )
}
