/** What a spreadsheet takes for the beginning of a formula, whatever is not seen stands before it (OWASP, CSV injection; ASVS 1.2.10). */
const FORMULA = /^[\p{Cc}\p{Cf}\p{Z}"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

/** Text for a cell that no spreadsheet runs: what begins like a formula has an apostrophe before it. */
export const inert = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)
