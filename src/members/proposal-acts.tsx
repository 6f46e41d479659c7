import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import type { Admitted, Proposal, ProposalAct, ProposalList } from './admission-shapes.ts'
import styles from './members.module.css'
import { OnceLink } from './once-link.tsx'
import { useMemberAct } from './use-member-act.ts'
import { WordsForm } from './words-form.tsx'

export interface ProposalActsProps {
  readonly proposal: Proposal
  readonly rule: z.infer<typeof ProposalList>['rule']
  readonly standing: z.infer<typeof ProposalList>['standing']
}

type Invitation = z.infer<typeof Admitted>

const WORDS: Record<Exclude<ProposalAct, 'settle'>, string> = {
  read: 'Read it as second reader',
  object: 'Object',
  admit: 'Admit',
  refuse: 'Refuse',
  resume: 'Let it go on',
  invite: 'Make a fresh invitation',
  withdraw: 'Withdraw the proposal',
}

/** What I can do with a proposal now; where I cannot, why. */
export function ProposalActs({ proposal: it, rule, standing }: ProposalActsProps) {
  const [open, setOpen] = useState<ProposalAct | null>(null)
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const acts = it.may.filter((act) => act !== 'settle')
  const end = () => setOpen(null)
  if (invitation?.token && invitation.expiresAt)
    return (
      <OnceLink
        title="The invitation"
        href={`${location.origin}/invite#${invitation.token}`}
        expiresAt={invitation.expiresAt}
        onEnd={() => setInvitation(null)}
      >
        Give it to {it.email ?? 'the candidate'} by a channel that you both trust, not by the same e-mail
        account. Whoever opens it first joins with it.
      </OnceLink>
    )
  return (
    <>
      <Notes proposal={it} standing={standing} />
      {open === null && acts.length > 0 && (
        <div className={styles.buttons}>
          {acts.map((act) => (
            <Button
              key={act}
              variant={act === 'withdraw' || act === 'refuse' || act === 'object' ? 'default' : 'filled'}
              color={['read', 'admit', 'resume'].includes(act) ? 'ember' : 'ink'}
              onClick={() => setOpen(act)}
            >
              {WORDS[act as keyof typeof WORDS]}
            </Button>
          ))}
        </div>
      )}
      {open === 'read' && <Read proposal={it} rule={rule} onEnd={end} />}
      {open === 'object' && <ObjectForm proposal={it} onEnd={end} />}
      {(open === 'admit' || open === 'refuse') && (
        <Decide proposal={it} rule={rule} admit={open === 'admit'} onEnd={end} onInvited={setInvitation} />
      )}
      {(open === 'withdraw' || open === 'resume' || open === 'invite') && (
        <Turn proposal={it} turn={open} onEnd={end} onInvited={setInvitation} />
      )}
    </>
  )
}

function Notes({ proposal: it, standing }: Pick<ProposalActsProps, 'proposal' | 'standing'>) {
  return (
    <>
      {it.state === 'paused' && (
        <p className={styles.warning}>
          Paused: somebody whom {it.sponsor.name} vouched for was suspended or removed, or {it.sponsor.name}{' '}
          was. Nothing is held against the candidate. A steward looks at it again and lets it go on, or it is
          withdrawn.
        </p>
      )}
      {it.state === 'proposed' && !it.may.includes('read') && (
        <p className={styles.told}>
          {standing.good
            ? 'It waits for a second reader from another organisation than the sponsor’s and the candidate’s.'
            : `You cannot be its second reader: ${standing.why}.`}
        </p>
      )}
    </>
  )
}

interface FormProps {
  readonly proposal: Proposal
  readonly onEnd: () => void
}

function Read({ proposal: it, rule, onEnd }: FormProps & Pick<ProposalActsProps, 'rule'>) {
  const [supports, setSupports] = useState('yes')
  const read = useMemberAct(
    ['proposals'],
    (words: string, key) => api.proposalRead(it.id, { words, supports: supports === 'yes' }, key),
    onEnd,
  )
  return (
    <WordsForm
      title={`Your reading of ${it.name}`}
      label="What you know of them, and how you checked it"
      help="Every member reads this with your name. Say what you do not know, too."
      submit={supports === 'yes' ? 'Support it' : 'Speak against it'}
      failed="The reading was not saved"
      act={read}
      onSubmit={(words) => read.run(words)}
      onEnd={onEnd}
    >
      <Radio.Group label="What follows from it" value={supports} onChange={setSupports}>
        <Radio
          mt="xs"
          value="yes"
          label={`I support it: every member may then object for ${rule.objectionDays} days`}
        />
        <Radio
          mt="xs"
          value="no"
          label="I do not: the proposal ends here, and its sponsor may propose again"
        />
      </Radio.Group>
    </WordsForm>
  )
}

function ObjectForm({ proposal: it, onEnd }: FormProps) {
  const [id] = useState(newId)
  const [done, setDone] = useState(false)
  const object = useMemberAct(
    ['proposals'],
    (words: string, key) => api.proposalObject(it.id, { id, words }, key),
    () => setDone(true),
  )
  if (done)
    return (
      <p className={styles.good} role="status">
        Your objection is with the steward. {it.name} is not admitted before it is settled.{' '}
        <Button size="compact-sm" variant="default" onClick={onEnd}>
          Close
        </Button>
      </p>
    )
  return (
    <WordsForm
      title={`Object to ${it.name}`}
      label="What speaks against it"
      help="Only the steward learns that it was you. The sponsor and the second reader read the words without your name, so leave out what gives you away. Nobody else sees that there is an objection."
      submit="Make the objection"
      failed="The objection was not made"
      act={object}
      onSubmit={(words) => object.run(words)}
      onEnd={onEnd}
    />
  )
}

interface DecideProps extends FormProps, Pick<ProposalActsProps, 'rule'> {
  readonly admit: boolean
  readonly onInvited: (it: Invitation) => void
}

function Decide({ proposal: it, rule, admit, onEnd, onInvited }: DecideProps) {
  const decide = useMemberAct(
    ['proposals', 'network', 'vouches'],
    (words: string, key) => api.proposalDecide(it.id, { admit, words }, key),
    (done) => {
      onInvited(done)
      onEnd()
    },
  )
  return (
    <WordsForm
      title={admit ? `Admit ${it.name}` : `Refuse ${it.name}`}
      label="Why"
      help="Every member reads it."
      submit={admit ? 'Admit' : 'Refuse'}
      failed="Nothing was decided"
      act={decide}
      onSubmit={(words) => decide.run(words)}
      onEnd={onEnd}
    >
      <p className="small">{admit ? admitWords(it, rule) : 'The proposal ends. It can be made anew.'}</p>
    </WordsForm>
  )
}

function admitWords(it: Proposal, rule: ProposalActsProps['rule']): string {
  if (it.kind === 'renewal')
    return `The membership of ${it.name} goes on, to be reviewed again in ${rule.reviewDays} days.`
  const joins = `You then get an invitation link, shown once, to hand over. For ${rule.probationDays} days they are on probation and propose nobody.`
  if (it.kind === 'member') return joins
  return `${it.name} stands in the network at once, with the powers it claims, named as checked by you. ${joins}`
}

interface TurnProps extends FormProps {
  readonly turn: 'withdraw' | 'resume' | 'invite'
  readonly onInvited: (it: Invitation) => void
}

const TURN_WORDS = {
  withdraw: 'The proposal ends, and every member sees that it was withdrawn. You can propose again.',
  resume: 'It goes on where it stood. You have looked at why its sponsor’s proposals were paused.',
  invite: 'A new link is made and shown once, for whoever lost theirs or let it lapse.',
} as const

function Turn({ proposal: it, turn, onEnd, onInvited }: TurnProps) {
  const run = useMemberAct(
    ['proposals'],
    async (_: null, key) =>
      turn === 'invite'
        ? api.proposalInvite(it.id, key)
        : { proposal: await api.proposalTurn(it.id, turn, key), token: null, expiresAt: null },
    (done) => {
      onInvited(done)
      onEnd()
    },
  )
  return (
    <section className={styles.form} aria-label={WORDS[turn]}>
      <p>{TURN_WORDS[turn]}</p>
      {run.error && <ErrorNote error={run.error} what="Nothing was changed" />}
      <div className={styles.buttons}>
        <Button
          color={turn === 'withdraw' ? 'lost' : 'ember'}
          loading={run.busy}
          onClick={() => void run.run(null)}
        >
          {WORDS[turn]}
        </Button>
        <Button variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
    </section>
  )
}
