import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlnopad } from '@scure/base'
import type { WrapKind } from './locksmith-words.ts'

/** What a wrapped identity is bound to (see `wrapIdentity`): whose it is and what opens it. */
export function wrapContext(memberId: string, kind: WrapKind): string {
  return `${memberId}/${kind}`
}

/**
 * The salt of a member's recovery code, 16 bytes as base64url. Made from the member's id, which is 130 random bits, so that
 * a member without a password needs nothing more stored.
 */
export function recoverySalt(memberId: string): string {
  const bytes = sha256(new TextEncoder().encode(`firebreak/v1/recovery-salt/${memberId}`))
  return base64urlnopad.encode(bytes.subarray(0, 16))
}
