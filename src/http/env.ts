import type { Context } from 'hono'
import type { Actor } from '../core/actor.ts'
import type { Evaluation } from '../match/blind.ts'
import type { Outside } from '../providers/outside.ts'
import type { Db } from '../store/open.ts'

/** What stands in a request's context once the gates are passed. */
export interface Env {
  Variables: {
    /** Present behind the session gate. */
    actor: Actor
    /** A transaction under the actor's signed context; commits only when the answer is a success. */
    db: Db
    /** Of a request that was signed with the key of the session's proof. */
    signedMark?: Buffer
    /** A refusal that leaves a mark, e.g. in the audit log: the transaction commits although the answer says no. */
    refusalStays?: true
    nonce: string
    /** Blinded identifiers, evaluated before the transaction began; only on that one route. */
    evaluation?: Evaluation
    /** What an identity provider answered before the transaction began; only on the few routes that ask one. */
    outside?: Outside
    /** Told by the session gate, for the answer's headers. */
    secure: boolean
  }
}
export type Ask = Context<Env>
