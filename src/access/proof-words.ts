/** What a browser signs of a request, the same here and there; in the manner of DPoP (RFC 9449), without a token format. */
export function signedWords(it: {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Milliseconds since 1970. */
  readonly at: string
  readonly nonce: string
  /** SHA-256 of the body, base64url. */
  readonly bodyHash: string
}): string {
  return ['firebreak/v1/proof', it.method, it.path, it.at, it.nonce, it.bodyHash].join('\n')
}
