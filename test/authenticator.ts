import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A passkey device in software: makes WebAuthn answers as a browser would send them, and wrong ones on demand. */
export interface Device {
  readonly credentialId: string
  readonly key: KeyObject
  /** Uncompressed COSE key, CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  readonly cose: Buffer
  counter: number
}

const ORIGIN = 'http://localhost:8080'
const RP_ID = 'localhost'
const FLAGS = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40, ed: 0x80 }

export function newDevice(): Device {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (it: string) => Buffer.concat([Buffer.from([0x58, 0x20]), Buffer.from(it, 'base64url')])
  const cose = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(x),
    Buffer.from([0x22]),
    bytes(y),
  ])
  return { credentialId: randomBytes(32).toString('base64url'), key, cose, counter: 0 }
}

/** What may be wrong with an answer; everything else is as it should be. */
export interface Wrong {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  /** Bits of the authenticator's flags; by default present and verified. */
  readonly flags?: number
  readonly counter?: number
  readonly signedBy?: KeyObject
  readonly credentialId?: string
  readonly clientData?: Buffer
  readonly authData?: (right: Buffer) => Buffer
  readonly signature?: (right: Buffer) => Buffer
  readonly userHandle?: string
  readonly cose?: Buffer
  readonly attestation?: (right: Buffer) => Buffer
}

function clientData(type: string, challenge: string, it: Wrong): Buffer {
  if (it.clientData) return it.clientData
  const words = {
    type: it.type ?? type,
    challenge: it.challenge ?? challenge,
    origin: it.origin ?? ORIGIN,
    crossOrigin: it.crossOrigin ?? false,
    ...(it.topOrigin ? { topOrigin: it.topOrigin } : {}),
  }
  return Buffer.from(JSON.stringify(words))
}

const sha256 = (it: Buffer | string) => createHash('sha256').update(it).digest()

function authData(flags: number, counter: number, it: Wrong): Buffer {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(counter)
  return Buffer.concat([sha256(it.rpId ?? RP_ID), Buffer.from([flags]), number])
}

/** Signs a challenge: AuthenticationResponseJSON. */
export function signedBy(device: Device, challenge: string, it: Wrong = {}) {
  device.counter++
  const right = authData(it.flags ?? FLAGS.up | FLAGS.uv, it.counter ?? device.counter, it)
  const data = it.authData?.(right) ?? right
  const client = clientData('webauthn.get', challenge, it)
  const signature = sign('sha256', Buffer.concat([data, sha256(client)]), it.signedBy ?? device.key)
  const id = it.credentialId ?? device.credentialId
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      authenticatorData: data.toString('base64url'),
      clientDataJSON: client.toString('base64url'),
      signature: (it.signature?.(signature) ?? signature).toString('base64url'),
      ...(it.userHandle ? { userHandle: it.userHandle } : {}),
    },
  }
}

/** Makes a passkey: RegistrationResponseJSON, with no attestation. */
export function registered(device: Device, challenge: string, it: Wrong = {}) {
  const id = Buffer.from(it.credentialId ?? device.credentialId, 'base64url')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(id.length)
  const right = Buffer.concat([
    authData(it.flags ?? FLAGS.up | FLAGS.uv | FLAGS.at, it.counter ?? 0, it),
    Buffer.alloc(16),
    length,
    id,
    it.cose ?? device.cose,
  ])
  const data = it.authData?.(right) ?? right
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
  const size = Buffer.alloc(2)
  size.writeUInt16BE(data.length)
  const object = Buffer.concat([
    Buffer.from([0xa3]),
    ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData')],
    ...[Buffer.from([0x59]), size, data],
  ])
  const credentialId = it.credentialId ?? device.credentialId
  return {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientData('webauthn.create', challenge, it).toString('base64url'),
      attestationObject: (it.attestation?.(object) ?? object).toString('base64url'),
      transports: ['internal'],
    },
  }
}
