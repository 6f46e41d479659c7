/** Characters of the longest amount or time that anybody writes; what is longer is none, and is not looked through. */
export const LONGEST_CELL = 80

/**
 * Whether a column writes decimals with a comma, judged by values that can be read in one way only
 * (`1.234,50` and `12,5`; not `1,234`). Null when none of them says.
 */
export function decimalStyle(values: Iterable<string>): 'point' | 'comma' | null {
  let [point, comma] = [0, 0]
  for (const value of values) {
    const text = value.trim()
    if (text.length > LONGEST_CELL) continue
    if (/\.\d{3}.*,|^\D*\d+,\d{1,2}\D*$|^\D*\d+,\d{4,}\D*$|\..*\.\d{3}/.test(text)) comma++
    else if (/,\d{3}.*\.|^\D*\d+\.\d{1,2}\D*$|^\D*\d+\.\d{4,}\D*$|,.*,\d{3}/.test(text)) point++
  }
  if (point === comma) return null
  return comma > point ? 'comma' : 'point'
}
