import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { chainsOf } from './check-digits.ts'
import type { Vector } from './vectors.ts'

type Explain = (vector: Vector) => string | null

function phone({ input, country, expected }: Vector): string | null {
  const number = parsePhoneNumberFromString(input, country as CountryCode)
  const valid = number?.isValid() === true
  if (expected === 'valid' && !valid) return 'libphonenumber: no such number is given out in that country'
  if (expected === 'invalid' && valid) {
    return number?.country === country
      ? 'a real number of that country: landline, or a mobile range that the recorded pattern does not know'
      : 'a real number of another country: we read phones, not mobiles of one country'
  }
  return null
}

function coin({ input, chain, expected }: Vector): string | null {
  const chains = chainsOf(input)
  if (expected === 'valid' && chains.length === 0)
    return 'its checksum fails, or it is no address of the main network'
  if (expected === 'invalid' && chain && chains.length > 0 && !chains.includes(chain)) {
    return `a true address of another coin (asked for ${chain}, is ${chains.join(', ')})`
  }
  return null
}

const EXPLAIN: Record<string, Explain> = {
  isMobilePhone: phone,
  crypto: coin,
  isBtcAddress: coin,
  isEthereumAddress: coin,
}

/** Why ours is right where a recorded answer differs; null when nothing explains it. README.md has the longer words. */
export function whyOursDiffers(vector: Vector): string | null {
  return EXPLAIN[vector.set]?.(vector) ?? null
}
