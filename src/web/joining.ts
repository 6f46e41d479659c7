import type { z } from 'zod'
import type { InviteAccept, Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { newSalt } from '../seal/password.ts'
import { api } from './api.ts'
import { callLocksmith, type Locksmith } from './locksmith.ts'
import type { WrapKind } from './locksmith-words.ts'
import { makePasskey, type Passkey, touchPasskey } from './passkey.ts'
import { newProofKey } from './proof-key.ts'
import { Resend } from './resend.ts'
import { enterWithKey } from './session.ts'

type Wrap = z.input<typeof InviteAccept>['wraps'][number]

/** A member in the making: their key exists in the worker alone, and a recovery code opens it. */
export interface Joining {
  readonly memberId: string
  readonly recipient: string
  /** 24 digits in groups of four; shown once, kept by nobody but the person. */
  readonly code: string
  readonly recovery: Wrap
  readonly smith: Locksmith
}

/** Makes a new key of a member, who may be new, too, and its recovery code on this device. End `smith` when nothing comes of it. */
export async function beginJoining(memberId: string = newId()): Promise<Joining> {
  const smith = callLocksmith()
  const { recipient } = await smith.do('make', {})
  const { code } = await smith.do('code', {})
  await smith.do('recovery', { code, memberId })
  return { memberId, recipient, code, recovery: await wrapOf(smith, memberId, 'recovery'), smith }
}

export interface NewPasskey {
  readonly challengeId: string
  readonly response: Passkey['response']
  /** Null when the passkey signs in but gives no key (no PRF): a password must then open the member's key. */
  readonly prf: Uint8Array | null
}

/** Has the person's device make a passkey. It asks for a second touch where the key comes only with use. */
export async function newPasskey(token: string, memberId: string): Promise<NewPasskey> {
  const { challengeId, options } = await api.invitePasskeyOptions({ token, memberId })
  const made = await makePasskey(options)
  const rpId = (options.rp as { id?: string } | undefined)?.id
  const prf = made.prf ?? (made.enabled ? await touchPasskey(made.response.id, rpId) : null)
  return { challengeId, response: made.response, prf }
}

export interface Ways {
  readonly token: string
  readonly name: string
  readonly passkey: NewPasskey | null
  readonly password: string | null
}

/** Everything that leaves: a public key, the private one wrapped in each way, and the proofs. Throws `invalid` without a way. */
export async function acceptance(joining: Joining, ways: Ways): Promise<z.input<typeof InviteAccept>> {
  const { smith, memberId, recipient, recovery } = joining
  const wraps = [recovery]
  if (ways.passkey?.prf) {
    await smith.do('passkey', { prf: ways.passkey.prf })
    wraps.push(await wrapOf(smith, memberId, 'passkey', ways.passkey.response.id))
  }
  let password = null
  if (ways.password !== null) {
    const salt = newSalt()
    const { signIn } = await smith.do('password', { password: ways.password, salt })
    wraps.push(await wrapOf(smith, memberId, 'password'))
    password = { salt, signIn }
  }
  if (wraps.length < 2)
    throw new HouseError('invalid', 'a passkey that gives a key, or a password, is needed')
  const passkey = ways.passkey && {
    challengeId: ways.passkey.challengeId,
    response: ways.passkey.response,
  }
  return { token: ways.token, memberId, name: ways.name, recipient, wraps, password, passkey }
}

interface Sent {
  readonly body: z.input<typeof InviteAccept>
  readonly proof: Awaited<ReturnType<typeof newProofKey>>
}

/**
 * The last step: joins, signs in, and keeps the key in this browser. Pressed again after a lost answer, what was sent is sent again as it
 * was: nobody is made twice, and who is in already goes on.
 */
export class Joiner {
  private readonly last = new Resend<Sent, { me: Me; sent: Sent }>(async (sent, key) => ({
    me: await api.inviteAccept(sent.body, key),
    sent,
  }))

  /** An answer is owed: no passkey has to be made for the next try. */
  get owed(): boolean {
    return this.last.owed
  }

  async join(joining: Joining, ways: () => Ways, key: string): Promise<Me> {
    const { me, sent } = await this.last.run(async () => {
      const proof = await newProofKey()
      return { body: { ...(await acceptance(joining, ways())), proofKey: proof.proofKey }, proof }
    }, key)
    await sent.proof.keep()
    await enterWithKey(me, (await joining.smith.do('key', {})).key)
    joining.smith.end()
    return me
  }
}

/** The key made in the worker, wrapped with the half that it has taken last. */
export async function wrapOf(
  smith: Locksmith,
  memberId: string,
  kind: WrapKind,
  credentialId: string | null = null,
): Promise<Wrap> {
  const { wrapped } = await smith.do('lock', { memberId, kind })
  return { id: newId(), kind, credentialId, wrapped }
}
