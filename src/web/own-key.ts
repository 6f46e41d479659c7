import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { recipientOf } from '../seal/member-key.ts'
import { findKey } from './keys.ts'

/**
 * The key to which I seal what is mine. Taken from my own key where this browser has it, never from the server's word alone.
 * Throws `forbidden` when the server names another key as mine: what I write would be sealed to a stranger.
 */
export async function ownRecipient(me: Me['member']): Promise<string> {
  const key = await findKey(me.id)
  if (key === null) return me.recipient
  const own = await recipientOf(key)
  if (own !== me.recipient)
    throw new HouseError(
      'forbidden',
      'the server names another key as yours than the one open here; nothing was sealed. If you changed your key elsewhere, sign out and in again; otherwise talk to your steward',
    )
  return own
}
