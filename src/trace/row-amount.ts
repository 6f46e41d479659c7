import { HouseError } from '../core/errors.ts'
import { exponentOf, parseMoney } from '../core/money.ts'

/** An amount in minor units; `rounded` when it was written finer than its currency is. */
export interface RowAmount {
  readonly minor: number
  readonly rounded: boolean
}

/**
 * An amount as a file writes it, with a decimal point, or why it is none. Decimals beyond the minor unit are rounded, the
 * half away from nought, as `screen` and `trace` on the command line round them; whoever reads it says so.
 * @param currency  `XXX` where the file names none: two decimals
 */
export function rowAmount(text: string, currency: string): RowAmount | string {
  const counted = currency === 'XXX' ? 'USD' : currency
  const exponent = exponentOf(counted)
  const [, whole = '', kept = '', beyond = ''] =
    new RegExp(`^([^.]*)\\.(\\d{0,${exponent}})(\\d*)$`).exec(text) ?? []
  try {
    if (whole === '' || kept + beyond === '')
      return { minor: parseMoney(text, counted).minor, rounded: false }
    const { minor } = parseMoney(kept === '' ? whole : `${whole}.${kept}`, counted)
    return { minor: minor + (beyond >= '5' ? 1 : 0), rounded: /[1-9]/.test(beyond) }
  } catch (error) {
    if (error instanceof HouseError) return error.message
    throw error
  }
}
