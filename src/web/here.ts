/** Only an address of this program: a link to the sign-in page must not lead elsewhere afterwards. */
export function isHere(next: string): boolean {
  return /^\/(?![/\\])/.test(next)
}
