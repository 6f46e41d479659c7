import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { HouseError } from '../core/errors.ts'

/** One input for every member: what makes the output secret and personal is the key inside the passkey. */
const PRF_INPUT = new TextEncoder().encode('firebreak/v1/passkey')

/** What goes to the server, and what must never go there: the secret of the PRF extension, null when there is none. */
export interface Passkey {
  readonly response: { readonly id: string; readonly [name: string]: unknown }
  readonly prf: Uint8Array | null
}

export const passkeysWork = (): boolean => browserSupportsWebAuthn()

/** Asks the person's device to sign in. Throws HouseError in plain words; `conflict` when the person changed their mind. */
export async function askPasskey(options: Record<string, unknown>): Promise<Passkey> {
  const optionsJSON = withPrf(options) as unknown as PublicKeyCredentialRequestOptionsJSON
  try {
    return taken(await startAuthentication({ optionsJSON }))
  } catch (cause) {
    throw inWords(cause)
  }
}

/**
 * Makes a passkey. Some devices hand out the PRF secret only when the passkey is used, so `prf` may be null although there
 * is one: `enabled` then says so, and it takes one more touch to get it.
 */
export async function makePasskey(options: Record<string, unknown>): Promise<Passkey & { enabled: boolean }> {
  const optionsJSON = withPrf(options) as unknown as PublicKeyCredentialCreationOptionsJSON
  try {
    const made = await startRegistration({ optionsJSON })
    const enabled = made.clientExtensionResults.prf?.enabled === true
    return { ...taken(made), enabled }
  } catch (cause) {
    throw inWords(cause)
  }
}

/** The PRF secret of a passkey that was just made, by using it once; nothing is sent. Null when it gives none. */
export async function touchPasskey(
  credentialId: string,
  rpId: string | undefined,
): Promise<Uint8Array | null> {
  const challenge = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const { prf } = await askPasskey({
    challenge,
    allowCredentials: [{ id: credentialId, type: 'public-key' }],
    userVerification: 'required',
    ...(rpId ? { rpId } : {}),
  })
  return prf
}

function withPrf(options: Record<string, unknown>): Record<string, unknown> {
  const extensions = (options.extensions ?? {}) as Record<string, unknown>
  return { ...options, extensions: { ...extensions, prf: { eval: { first: PRF_INPUT } } } }
}

/** Splits the secret from the answer: what is sent holds no extension result but harmless flags. */
function taken(it: {
  id: string
  clientExtensionResults: { prf?: { results?: { first?: unknown } } }
}): Passkey {
  const first = it.clientExtensionResults.prf?.results?.first
  const { prf: _secret, ...harmless } = it.clientExtensionResults
  return { response: { ...it, clientExtensionResults: harmless }, prf: bytesOf(first) }
}

function bytesOf(it: unknown): Uint8Array | null {
  if (it instanceof ArrayBuffer) return new Uint8Array(it)
  if (ArrayBuffer.isView(it)) return new Uint8Array(it.buffer, it.byteOffset, it.byteLength)
  return null
}

function inWords(cause: unknown): HouseError {
  if (cause instanceof WebAuthnError && cause.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return new HouseError('conflict', 'this device already has a passkey for you here', { cause })
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError')
    return new HouseError(
      'conflict',
      'no passkey was used: it was cancelled, timed out, or none is on this device',
      {
        cause,
      },
    )
  if (name === 'SecurityError')
    return new HouseError('forbidden', 'passkeys do not work under this address; use a password', { cause })
  return new HouseError('conflict', 'this device could not use a passkey; use a password', { cause })
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
