import { HouseError } from '../core/errors.ts'

const NAME = 'firebreak-match-key'

/**
 * The matching key's public half stays what it was when this member first saw it. A server that answered one member with
 * a key of their own could recognise their questions; here that shows. Kept by member, so that a new network is no alarm.
 * Throws `conflict` when it changed.
 */
export function checkMatchKey(memberId: string, publicKey: string, store: Storage = localStorage): void {
  const name = `${NAME} ${memberId}`
  const before = store.getItem(name)
  if (before === null) store.setItem(name, publicKey)
  else if (before !== publicKey)
    throw new HouseError(
      'conflict',
      'the network’s matching key is not the one this browser knows; nothing was asked. Ask the steward whether it was renewed',
    )
}
