import { Button, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { memo, useState } from 'react'
import type { Me } from '../access/shapes.ts'
import { TLPS } from '../core/shapes.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { SealIcon, WarnIcon } from '../web/parts/icons.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TLP_WORDS } from '../web/parts/tlp-label.tsx'
import { countWords } from '../web/parts/words.ts'
import { useAct } from '../web/use-act.ts'
import styles from './editor.module.css'
import type { EditorState } from './editor-state.ts'
import { ElsewhereNote } from './elsewhere-note.tsx'
import type { Entry } from './entries.ts'
import type { Kept } from './keeper.ts'
import { count, isAccount } from './kinds.ts'
import { leavingOfReport } from './leaving.ts'
import { LeavingList } from './leaving-list.tsx'
import { filesOf, sealAndSave, tokensOf } from './save-report.ts'
import type { EditorTools } from './use-editor.ts'
import type { Matches } from './use-matches.ts'
import type { ReadNow } from './use-reading.ts'

export interface EditorParts {
  /** May lag a moment behind what is typed: nothing here must make typing wait. */
  readonly state: EditorState
  /** What stands in fields that are typed in: these two never lag. */
  readonly requests: EditorState['requests']
  readonly tlp: EditorState['tlp']
  readonly tools: EditorTools
  readonly entries: readonly Entry[]
  readonly reading: ReadNow
  readonly matches: Matches
  readonly me: Me
}

/** The headline, whether the draft is kept, and saving: first what leaves, then the press that sends it. */
export const EditorHead = memo(function EditorHead(parts: EditorParts & { readonly kept: Kept }) {
  const { state, entries, matches, kept } = parts
  const [review, setReview] = useState(false)
  return (
    <>
      <Headline
        title="New report"
        above={<KeptNote kept={kept} />}
        below={belowOf(state)}
        action={!review && !isBlank(state) && <Actions {...parts} onSave={() => setReview(true)} />}
      >
        {state.saving.reported
          ? 'The report is saved; a request of it has not been sent yet'
          : headline(entries)}
      </Headline>
      <ElsewhereNote kept={kept} tools={parts.tools} />
      <MatchNote entries={entries} matches={matches} />
      {review && <Review {...parts} onClose={() => setReview(false)} />}
    </>
  )
})

/** Who can act comes next once there is an account to act on; until then, saving. */
function Actions({ requests, entries, onSave }: EditorParts & { readonly onSave: () => void }) {
  const canAct = entries.some(
    ({ kind, state, role }) => isAccount(kind) && state === 'confirmed' && role === 'payee',
  )
  const asked = requests.some(({ toOrg, sent }) => toOrg !== '' && !sent)
  if (!canAct) return <NextAction onClick={onSave}>Save report</NextAction>
  return (
    <div className={styles.actions}>
      <Button variant="default" size="md" onClick={onSave}>
        {asked ? 'Save without sending' : 'Save report'}
      </Button>
      {!asked && <NextAction onClick={toWhoCanAct}>See who can act</NextAction>}
    </div>
  )
}

function toWhoCanAct(): void {
  const heading = document.getElementById('who-can-act')
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

function headline(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'New report'
  const confirmed = entries.filter(({ state }) => state === 'confirmed')
  const shared = confirmed.filter((entry) => entry.shared).length
  if (confirmed.length === 0) return `New report: ${count(entries.length, 'fact')} found, none confirmed yet`
  return `New report: ${confirmed.length} of ${count(entries.length, 'fact')} confirmed, ${shared} ready to share`
}

function belowOf(state: EditorState): string {
  if (state.saving.reported)
    return 'Send it below, or throw it away in the list of drafts. The report stays as it is.'
  return 'The text is read in this browser. It leaves only sealed; facts leave only when you confirm, tick and send them.'
}

function isBlank(state: EditorState): boolean {
  const { name, contact, notes } = state.identity
  return (
    state.saving.reported ||
    (state.text.trim() === '' &&
      state.files.length === 0 &&
      `${name}${contact}${notes}`.trim() === '' &&
      state.history.now.size === 0)
  )
}

function KeptNote({ kept }: { readonly kept: Kept }) {
  return (
    <output className={styles.kept} data-is={kept.is}>
      {kept.is === 'failed' ? <WarnIcon size={14} /> : <SealIcon size={14} />}
      {kept.is === 'kept' && (
        <span>
          Draft saved, sealed to you alone <LocalTime at={new Date(kept.at).toISOString()} />
        </span>
      )}
      {kept.is === 'nothing yet' && 'A draft keeps itself, sealed to you alone'}
      {(kept.is === 'waiting' || kept.is === 'keeping') && 'Saving the draft, sealed …'}
      {kept.is === 'failed' &&
        `Draft not saved yet: ${kept.why}.${kept.again ? ' Trying again by itself; keep this window open.' : ''}`}
    </output>
  )
}

/** What the network knows of what was confirmed: that a freeze is open, and nothing of whose or whom. */
function MatchNote({ entries, matches }: Pick<EditorParts, 'entries' | 'matches'>) {
  const hits = entries.filter(({ key }) => (matches.known.get(key) ?? 0) > 0)
  const few = matches.left !== null && matches.left < 50
  return (
    <div aria-live="polite">
      {hits.length > 0 && (
        <p className={styles.note}>
          <strong>
            Known to the network:{' '}
            {countWords(Math.max(...hits.map(({ key }) => matches.known.get(key) ?? 0)), 'open freeze')}.
          </strong>{' '}
          Somebody is already acting on {hits.length === 1 ? 'an account' : `${hits.length} of the accounts`}{' '}
          in this report. You learn nothing of whose or whom, and they nothing of you. Once the report is
          saved you can offer to join.
        </p>
      )}
      {matches.error != null && (
        <ErrorNote
          error={matches.error}
          what="Whether the network knows these accounts could not be asked"
          onRetry={matches.again}
        />
      )}
      {few && (
        <p className="quiet small">Your organisation can ask about {matches.left} more identifiers today.</p>
      )}
    </div>
  )
}

/** What leaves when the report is saved, the marking, and the press that saves it. */
function Review(props: EditorParts & { readonly onClose: () => void }) {
  const { state, tlp, tools, entries, reading, me, onClose } = props
  const save = useSaving(props)
  const pending = reading.readText !== state.text
  const leaving = leavingOfReport({
    ...{ tlp, entries, network: me.network, orgName: me.org.name, authorName: me.member.name },
    ...{ text: state.text, identity: state.identity },
    files: filesOf(state),
    tokens: tokensOf(state, entries).length,
  })
  return (
    <section className={styles.review} aria-label="Save this report">
      <LeavingList title="What leaves when you save" leaving={leaving} />
      <NativeSelect
        size="sm"
        label="Marking of the report"
        description={`For ${TLP_WORDS[tlp]}.`}
        value={tlp}
        onChange={(event) => {
          const tlp = TLPS.find((it) => it === event.currentTarget.value) ?? 'AMBER'
          tools.change((before) => ({ ...before, tlp }))
        }}
        data={TLPS.map((value) => ({ value, label: `TLP:${value}` }))}
      />
      {save.error && <ErrorNote error={save.error} what="The report was not saved" />}
      <footer>
        <NextAction loading={save.busy} disabled={pending} onClick={() => void save.run(undefined)}>
          Seal and save
        </NextAction>
        <Button variant="default" size="md" onClick={onClose}>
          Go on writing
        </Button>
      </footer>
    </section>
  )
}

/** Seals and saves, once the network was asked about what was confirmed; the draft goes, and the report is shown. */
function useSaving({ tools, entries, reading, matches, me }: EditorParts) {
  const { change, now } = tools
  const navigate = useNavigate()
  return useAct(
    async () => {
      await matches.whenAsked()
      return sealAndSave({
        ...{ state: now(), entries, me },
        language: reading.reading?.language ?? 'und',
        messages: reading.reading?.messages ?? null,
        keep: async (saving) => {
          change((before) => ({ ...before, saving }))
          await tools.flush()
        },
      })
    },
    async (id: string) => {
      await tools.drop()
      await navigate({ to: '/reports/$id', params: { id } })
    },
  )
}
