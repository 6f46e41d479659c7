import type { Role } from '../core/role.ts'
import { useMe } from '../web/session.ts'
import { OrdersDesk } from './desk-orders.tsx'
import { RequestsDesk } from './desk-requests.tsx'
import { StewardDesk } from './desk-steward.tsx'

const DESKS: Record<Role, () => React.ReactNode> = {
  caseworker: RequestsDesk,
  officer: RequestsDesk,
  fiu_analyst: RequestsDesk,
  hub_analyst: RequestsDesk,
  fraud_desk: OrdersDesk,
  steward: StewardDesk,
}

/** What waits for this person, by clock: each role has a desk of its own. */
export function DeskPage() {
  const { member } = useMe()
  const OwnDesk = DESKS[member.role]
  return <OwnDesk />
}
