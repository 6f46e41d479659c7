const LEGAL_FORM =
  /\b(?:bank|banking|limited|ltd|plc|pcl|public|company|co|corporation|corp|berhad|bhd|jsc|inc|na)\b/g

/**
 * Whether two names are surely the same bank: equal but for case, punctuation, and words such as Bank or Ltd.
 * False means “not known”, never “another bank”: a branch, a brand or another script may still be the same.
 */
export function sameBank(a: string, b: string): boolean {
  return core(a) !== '' && core(a) === core(b)
}

function core(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .replace(LEGAL_FORM, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
