import { Button, type ButtonProps } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { onDuty } from '../core/hours.ts'
import type { HoldOrder } from '../freeze/shapes.ts'
import { weekdayClock, zoneName } from '../web/parts/moment.ts'
import { NextAction } from '../web/parts/next-action.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import type { ActKind, Next } from './acts.ts'
import styles from './request.module.css'
import { orgOf, type Scene, zoneOf } from './scene.ts'

export interface NextStepProps {
  readonly scene: Scene
  readonly next: Next
  readonly may: readonly ActKind[]
  /** The act whose form is open: its own button is the one to press then. */
  readonly open: ActKind | null
  readonly busy: boolean
  readonly onAcknowledge: () => void
  readonly onOpen: (act: ActKind) => void
}

/** The one next action, or who is waited for; under it, small, what else can be done. */
export function NextStep(props: NextStepProps) {
  const { next, may, open, onOpen } = props
  const others = may.filter(
    (act) => act !== next.kind && act !== 'say' && act !== 'acknowledge' && act !== open,
  )
  return (
    <div className={styles.next}>
      <div className={styles.acts}>
        {others.length > 0 && (
          <div className={styles.others}>
            {others.map((act) => (
              <Button key={act} size="compact-sm" variant="subtle" onClick={() => onOpen(act)}>
                {OTHER_WORDS[act]}
              </Button>
            ))}
          </div>
        )}
        {next.kind !== open && <Main {...props} />}
      </div>
      {next.kind === 'acknowledge' && (
        <span className={styles.hint}>{props.scene.request.fromName} sees at once that you have it.</span>
      )}
    </div>
  )
}

const OTHER_WORDS: Record<ActKind, string> = {
  acknowledge: 'Take it on',
  order: 'Record an order',
  move: 'Record money',
  thank: 'Say thank you',
  close: 'Close',
  refuse: 'Decline',
  recall: 'Take it back',
  say: 'Write',
}

function Main({ scene, next, busy, onAcknowledge, onOpen, open }: NextStepProps): ReactNode {
  const navigate = useNavigate()
  const { request } = scene
  // one ember button on a page: while a form is open, it is the form's own
  const Press = open === null ? NextAction : QuietButton
  switch (next.kind) {
    case 'acknowledge':
      return (
        <Press onClick={onAcknowledge} loading={busy}>
          Take it on
        </Press>
      )
    case 'order':
      return (
        <Press onClick={() => onOpen('order')}>
          {request.orders.length > 0 ? 'Order the rest' : 'Record the order'}
        </Press>
      )
    case 'thank':
      return (
        <Press onClick={() => onOpen('thank')}>
          {request.as === 'sender' ? 'Say thank you' : 'Thank the finder'}
        </Press>
      )
    case 'move':
      return (
        <Press onClick={() => onOpen('move')}>
          {request.lines.some(({ held }) => held > 0) ? 'Record what came back' : 'Record the money'}
        </Press>
      )
    case 'close':
      return <Press onClick={() => onOpen('close')}>Close with the outcome</Press>
    case 'again':
      return <Press onClick={() => void navigate(reportOf(request))}>Ask somebody else</Press>
    case 'decide':
      return <span className={styles.waiting}>Somebody offers to join: decide below.</span>
    case 'wait_bank':
      return <WithBank scene={scene} order={next.order} />
    case 'wait_authority':
      return <WithAuthority scene={scene} />
    case 'none':
      return null
  }
}

function WithBank({ scene, order }: { readonly scene: Scene; readonly order: HoldOrder }) {
  return (
    <Waiting scene={scene} org={order.bankOrg} name={order.bankName} taken>
      ordered <LocalTime at={order.orderedAt} theirs={zoneOf(scene, order.bankOrg)} ago />
    </Waiting>
  )
}

function WithAuthority({ scene }: { readonly scene: Scene }) {
  const { toOrg, toName, acknowledgedAt } = scene.request
  return (
    <Waiting scene={scene} org={toOrg} name={toName} taken={acknowledgedAt !== null}>
      {acknowledgedAt === null ? (
        'not yet taken on'
      ) : (
        <>
          taken on <LocalTime at={acknowledgedAt} theirs={zoneOf(scene, toOrg)} ago />
        </>
      )}
    </Waiting>
  )
}

/** Where another organisation is chosen: the finder's own report. */
function reportOf({ reportId }: Scene['request']) {
  return { to: '/reports/$id', params: { id: reportId ?? '' } } as const
}

function QuietButton(props: ButtonProps & { onClick?: () => void; children?: ReactNode }) {
  return <Button variant="default" {...props} />
}

interface WaitingProps {
  readonly scene: Scene
  readonly org: string
  readonly name: string
  /** Somebody there has said that they have it. */
  readonly taken: boolean
  readonly children: ReactNode
}

/** Who has it now, since when, and what hour it is there. */
function Waiting({ scene, org, name, taken, children }: WaitingProps) {
  const now = new Date(useNow())
  const card = orgOf(scene, org)
  const isUrgent = !taken && now.getTime() >= Date.parse(scene.request.redAt)
  return (
    <div className={styles.waiting}>
      <b>{taken ? `${name} has it` : `With ${name}`}</b>
      <span className="small">{children}</span>
      {card && (
        <span className={styles.hint}>
          {weekdayClock(now, card.timeZone)} in {zoneName(card.timeZone)},{' '}
          {onDuty(card.hours, card.timeZone, now) ? 'on duty' : 'not on duty'}
        </span>
      )}
      {card?.channel && isUrgent && <span className={styles.hint}>Reach them also by: {card.channel}</span>}
    </div>
  )
}
