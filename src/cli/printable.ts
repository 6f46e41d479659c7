/** Words of a file on one line of a terminal: nothing in them can steer it or turn the direction of what follows. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
}
