import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { PaymentRow } from '../reports/draft.ts'
import type { Entry } from '../reports/entries.ts'
import { isAccount } from '../reports/kinds.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import { ActorRow } from './actor-row.tsx'
import type { AccountActions, AccountFact } from './actors.ts'
import type { KeptAt } from './kept-fields.tsx'
import { powersOf } from './network-powers.ts'
import { PaymentFields } from './payment-fields.tsx'
import { RailReasons } from './rail-reasons.tsx'
import { paymentOf, type RequestDraft } from './request-draft.ts'
import { saidAt, startRequest } from './start-request.ts'
import styles from './who-can-act.module.css'
import { whoCanAct } from './who-can-act.ts'

export interface WhoCanActProps {
  readonly entries: readonly Entry[]
  readonly payments: readonly PaymentRow[]
  readonly requests: readonly RequestDraft[]
  readonly onRequest: (draft: RequestDraft) => void
  /** Says where an account is kept. */
  readonly onPlace: (account: Entry, kept: KeptAt) => void
  /** Open freezes by the account's key. */
  readonly known: ReadonlyMap<string, number>
  readonly ownOrg: string
  /** The form that sends a request, shown where its account stands. */
  readonly form: (draft: RequestDraft) => ReactNode
}

/** For each account or wallet: who has a power there now, their local hour, which ways are open, and why others are not. */
export function WhoCanActPanel(props: WhoCanActProps) {
  const { entries, requests } = props
  const accounts = entries.filter(
    ({ kind, state, role }) => isAccount(kind) && state === 'confirmed' && role === 'payee',
  )
  if (accounts.length === 0) return null
  const unsent = requests.filter(({ sent }) => !sent)
  return (
    <section className={styles.panel} aria-labelledby="who-can-act">
      <h2 id="who-can-act" tabIndex={-1}>
        Who can act
      </h2>
      {accounts.map((account) => {
        const draft = unsent.find(({ accountKey }) => accountKey === account.key) ?? null
        return <AccountCard key={account.key} account={account} kept={draft} {...props} />
      })}
    </section>
  )
}

interface CardProps extends WhoCanActProps {
  readonly account: Entry
  /** The request about it that is being written; null when it was not begun. */
  readonly kept: RequestDraft | null
}

function AccountCard(props: CardProps) {
  const { account, entries, onRequest, onPlace } = props
  const draft = useRequestOf(props)
  const { data: network } = useSuspenseQuery(queries.network())
  const { data: rails } = useSuspenseQuery(queries.rails())
  const now = useNow()
  const [actions] = whoCanAct({
    facts: [accountFact(account)],
    powers: powersOf(network.orgs.filter(({ id }) => id !== props.ownOrg)),
    rails: rails.rails,
    situation: paymentOf(draft, account),
    now: new Date(now).toISOString(),
  })
  if (!actions) return null
  return (
    <article className={styles.account}>
      <AccountHead {...props} actions={actions} />
      <PaymentFields
        {...{ account, draft }}
        onDraft={onRequest}
        onKept={(it) => onPlace(account, it)}
        saidAt={saidAt(account, entries)}
      />
      <ul className={styles.actors}>
        {actions.actors.map((actor) => (
          <ActorRow
            key={actor.orgId}
            actor={actor}
            now={now}
            channel={network.orgs.find(({ id }) => id === actor.orgId)?.channel ?? null}
            chosen={draft.toOrg === actor.orgId ? draft.railId : null}
            onAsk={(railId) => onRequest({ ...draft, toOrg: actor.orgId, railId })}
          />
        ))}
      </ul>
      <RailReasons actions={actions} rails={rails.rails} />
      <ChosenForm {...props} draft={draft} />
    </article>
  )
}

/** The request about an account as it is written, or as it would begin. */
function useRequestOf({ account, kept, entries, payments, requests }: CardProps): RequestDraft {
  const before = requests[0] ?? null
  const fresh = useMemo(
    () => startRequest({ account, entries, payments, before }),
    [account, entries, payments, before],
  )
  return kept ?? fresh
}

function AccountHead({ account, known, actions }: CardProps & { readonly actions: AccountActions }) {
  const open = actions.actors.filter(({ standing }) => standing === 'open').length
  return (
    <header>
      <Identifier
        kind={account.kind}
        normal={account.normal}
        system={account.system}
        country={account.country}
        assumed={account.assumed}
        known={known.get(account.key) ?? null}
      />
      <p>{sentenceOf(actions, open)}</p>
    </header>
  )
}

/** The form that sends it, and the way back from the choice. */
function ChosenForm({ draft, form, onRequest }: CardProps & { readonly draft: RequestDraft }) {
  if (draft.toOrg === '') return null
  return (
    <div className={styles.form}>
      {form(draft)}
      <Button
        variant="subtle"
        color="ink"
        size="compact-sm"
        onClick={() => onRequest({ ...draft, toOrg: '', railId: '' })}
      >
        Choose somebody else
      </Button>
    </div>
  )
}

/** The account as the rails look at it. */
function accountFact({ kind, normal, country, system, role }: Entry): AccountFact {
  return {
    kind,
    normal,
    role,
    ...(country === undefined ? {} : { country }),
    ...(system === undefined ? {} : { system }),
  }
}

function sentenceOf({ actors }: AccountActions, open: number): string {
  if (actors.length === 0)
    return 'Nobody in the network is known to have a power over it yet. Say where the account is kept and how it was paid.'
  if (open === 0)
    return `${actors.length} in the network may have a power over it; each says what is still to be found out.`
  return `${open} of ${actors.length} can act on it now, or when they are next on duty.`
}
