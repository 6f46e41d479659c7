const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new identifier: 26 letters of Crockford's base 32, 130 random bits. Made on either side, so that a retry keeps it. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(26))
  let id = ''
  for (const byte of bytes) id += ALPHABET[byte & 31]
  return id
}

export const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/

/** A short name people can say on the phone: `R-7F3K-9QXB`. Not secret, not unique by itself. */
export function newRef(prefix: string): string {
  const id = newId().toUpperCase()
  return `${prefix}-${id.slice(0, 4)}-${id.slice(4, 8)}`
}
