import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What a secret is for, whose it is, and the deployment's key that lies outside of the database (hex). */
export interface Lock {
  readonly use: 'code-app' | 'identity-provider'
  readonly owner: string
  readonly key: string
}

const keyFor = ({ use, key }: Lock): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), '', `firebreak/v1/${use}`, 32))

/** AES-256-GCM: 12 bytes of nonce, tag, ciphertext; bound to its owner, so that it opens nowhere else. */
export function lock(secret: Uint8Array, it: Lock): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(it), nonce).setAAD(Buffer.from(it.owner))
  const locked = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), locked])
}

/** Throws when it was locked for another owner or use, under another key, or changed since. */
export function unlock(locked: Buffer, it: Lock): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyFor(it), locked.subarray(0, 12))
  decipher.setAAD(Buffer.from(it.owner)).setAuthTag(locked.subarray(12, 28))
  return Buffer.concat([decipher.update(locked.subarray(28)), decipher.final()])
}
