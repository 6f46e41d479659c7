import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { api } from './api.ts'
import { wrapOf } from './joining.ts'
import { callLocksmith, type Locksmith } from './locksmith.ts'
import { askPasskey, makePasskey, touchPasskey } from './passkey.ts'

/** How a person opens their key once, so that it can be wrapped for the new passkey, too. */
export interface Opening {
  readonly way: 'passkey' | 'password' | 'recovery'
  /** The password or the recovery code; '' for a passkey. */
  readonly text: string
}

/** Makes one more passkey on this device. It signs in where it gives no key; the answer says which it is. */
export async function addPasskey(me: Me, name: string, opening: Opening) {
  const smith = callLocksmith()
  try {
    await openKey(smith, me, opening)
    const { challengeId, options } = await api.passkeyMakeOptions()
    const made = await makePasskey(options)
    const rpId = (options.rp as { id?: string } | undefined)?.id
    const prf = made.prf ?? (made.enabled ? await touchPasskey(made.response.id, rpId) : null)
    let wrap = null
    if (prf) {
      await smith.do('passkey', { prf })
      const { id, wrapped } = await wrapOf(smith, me.member.id, 'passkey', made.response.id)
      wrap = { id, wrapped }
    }
    return await api.passkeyNew({ challengeId, response: made.response, name, wrap }, newId())
  } finally {
    smith.end()
  }
}

/** Throws HouseError when the way does not open the key: nothing has been made then. */
async function openKey(smith: Locksmith, me: Me, { way, text }: Opening): Promise<void> {
  const memberId = me.member.id
  if (way === 'passkey') return openByPasskey(smith, me)
  if (way === 'password') await smith.do('password', { password: text, salt: me.salt ?? '' })
  else await smith.do('recovery', { code: text, memberId })
  const wrap = me.wraps.find(({ kind }) => kind === way)
  await smith.do('open', { memberId, kind: way, wrapped: wrap?.wrapped ?? '' })
}

async function openByPasskey(smith: Locksmith, me: Me): Promise<void> {
  const ids = me.wraps.flatMap(({ credentialId }) => (credentialId ? [credentialId] : []))
  const { response, prf } = await askPasskey({
    challenge: newId() + newId(),
    allowCredentials: ids.map((id) => ({ id, type: 'public-key' })),
    userVerification: 'required',
  })
  const wrap = me.wraps.find(({ credentialId }) => credentialId === response.id)
  if (!prf || !wrap)
    throw new HouseError(
      'conflict',
      'this passkey gives no key on this device; open your key with the recovery code or the password',
    )
  await smith.do('passkey', { prf })
  await smith.do('open', { memberId: me.member.id, kind: 'passkey', wrapped: wrap.wrapped })
}
