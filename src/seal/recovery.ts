import { combine, split } from 'shamir-secret-sharing'
import { HouseError } from '../core/errors.ts'
import { openSecret, sealSecret } from './authority.ts'
import type { Identity } from './member-key.ts'

/** An officer who keeps a share, as the browser has checked them. */
export interface Officer {
  readonly memberId: string
  readonly org: string
  readonly recipient: string
}

export interface Share {
  readonly officerId: string
  readonly wrapped: string
}

const MOST = 10

/** Throws `invalid`, saying why, unless any `threshold` of these officers come from at least two organisations. */
export function checkOfficers(
  officers: readonly Pick<Officer, 'memberId' | 'org'>[],
  threshold: number,
): void {
  const people = new Set(officers.map(({ memberId }) => memberId))
  if (people.size < officers.length) throw new HouseError('invalid', 'one officer is named twice')
  if (officers.length < 2 || officers.length > MOST)
    throw new HouseError('invalid', `2 to ${MOST} officers keep a share; ${officers.length} are named`)
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > officers.length)
    throw new HouseError('invalid', `between 2 and all ${officers.length} officers must be needed`)
  const perOrg = new Map<string, number>()
  for (const { org } of officers) perOrg.set(org, (perOrg.get(org) ?? 0) + 1)
  if ([...perOrg.values()].some((count) => count >= threshold))
    throw new HouseError(
      'invalid',
      'the officers of one organisation alone could recover this key; name more of others, or need more of them',
    )
}

/**
 * Splits a member's key so that any `threshold` of the officers give it back and fewer learn nothing (Shamir), each share
 * sealed to its officer. Runs on the member's own device; the server sees sealed shares alone. Throws like `checkOfficers`.
 */
export async function shareIdentity(
  identity: string,
  officers: readonly Officer[],
  threshold: number,
): Promise<Share[]> {
  checkOfficers(officers, threshold)
  const shares = await split(new TextEncoder().encode(identity), officers.length, threshold)
  return Promise.all(
    officers.map(async ({ memberId, recipient }, i) => ({
      officerId: memberId,
      wrapped: await sealSecret(shares[i] as Uint8Array, recipient),
    })),
  )
}

/** An officer passes their share on, sealed to the key that the member has now. Throws when it is not the officer's. */
export async function passShare(wrapped: string, officer: Identity, to: string): Promise<string> {
  const share = await openSecret(wrapped, officer)
  const passed = await sealSecret(share, to)
  share.fill(0)
  return passed
}

/**
 * The key again, out of enough shares that officers passed on.
 * Throws  `invalid` when a share is not for this device, or when they are too few or of different keys.
 */
export async function recoverIdentity(passed: readonly string[], own: Identity): Promise<string> {
  const shares = await Promise.all(passed.map((wrapped) => openSecret(wrapped, own)))
  try {
    const identity = new TextDecoder('utf-8', { fatal: true }).decode(await combine(shares))
    if (/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity)) return identity
  } catch {
    // too few, or of different keys: what comes out is noise, and noise is seldom text
  }
  throw new HouseError('invalid', 'these shares do not give a key: too few of them, or of different keys')
}
