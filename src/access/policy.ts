import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { ROLE_NAMES, type Role } from '../core/role.ts'

/** One line per action; what is not written is refused. Whose rows they are, the database decides. */
export const POLICY = {
  'draft.keep': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst'],
  'report.write': ['caseworker', 'officer', 'fiu_analyst'],
  'report.read': ['caseworker', 'officer', 'fiu_analyst'],
  'sealed.write': ['caseworker', 'officer', 'fiu_analyst'],
  'sealed.open': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst'],
  'sealed.share': ['caseworker', 'officer', 'fiu_analyst'],
  'share.make': ['caseworker', 'officer', 'fiu_analyst'],
  'share.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst'],
  'consent.record': ['caseworker', 'officer', 'fiu_analyst'],
  'glass.break': ['caseworker', 'officer', 'fiu_analyst'],
  'glass.review': ['caseworker', 'officer', 'fiu_analyst'],
  'approval.ask': ['caseworker', 'officer', 'fiu_analyst', 'steward'],
  'approval.decide': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'match.ask': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst'],
  'match.join': ['caseworker', 'officer', 'fiu_analyst'],
  'freeze.send': ['caseworker', 'officer', 'fiu_analyst'],
  'freeze.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst'],
  'freeze.recall': ['caseworker', 'officer', 'fiu_analyst'],
  'freeze.thank': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst'],
  'freeze.say': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst'],
  // whoever a rail reaches: police for a freeze, a bank for a recall, an FIU for a postponement
  'freeze.acknowledge': ['officer', 'fraud_desk', 'fiu_analyst'],
  // a bank does what it is asked itself; it orders nobody
  'freeze.order': ['officer', 'fiu_analyst'],
  'freeze.move': ['officer', 'fraud_desk', 'fiu_analyst'],
  'freeze.close': ['officer', 'fraud_desk', 'fiu_analyst'],
  'freeze.refuse': ['officer', 'fraud_desk', 'fiu_analyst'],
  'order.read': ['fraud_desk'],
  'order.answer': ['fraud_desk'],
  'admission.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'admission.propose': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'admission.object': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'admission.decide': ['steward'],
  'vouches.read': ['steward'],
  'member.suspend': ['steward'],
  'member.reenter': ['steward'],
  'removal.ask': ['steward'],
  'removal.confirm': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'card.change': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'power.verify': ['steward'],
  'key.root': ['steward'],
  'group.open': ['steward'],
  'meeting.call_all': ['steward'],
  'group.sit': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'password.rule': ['steward'],
  'provider.rule': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'network.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'audit.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'audit.witness': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'key.use': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'audit.export': ['steward'],
  'ledger.screen': ['fraud_desk', 'fiu_analyst'],
  'books.rule': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
  'desk.read': ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'],
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof POLICY

/** Whether somebody of this role may begin it at all: what a page enables, and what a route asks again. */
export function isAllowed(role: Role, action: Action): boolean {
  const roles: readonly Role[] = POLICY[action]
  return roles.includes(role)
}

/** Returns quietly or throws `forbidden`. */
export function allow(actor: Actor, action: Action): void {
  if (!isAllowed(actor.role, action)) {
    throw new HouseError('forbidden', `a ${ROLE_NAMES[actor.role]} may not do this (${action})`)
  }
}
