/**
 * Whether a number is an amount by what touches it. Only to keep prices from being read as phones or accounts;
 * what the amount is, `find/amount.ts` says.
 */
const BEHIND =
  /^\s?(?:%|[$€£¥฿₫៛₭₱₹৳₩]|đ(?![a-zà-ỹ])|(?:usd|usdt|usdc|thb|baht|vnd|vnđ|dong|khr|riel|mmk|kyat|kyats|lak|kip|myr|sgd|php|peso|pesos|piso|idr|rupiah|inr|rupee|rupees|rs|bdt|taka|cny|rmb|yuan|hkd|twd|ntd|gbp|eur|aud|kes|ksh|tzs|tsh|ugx|ush|million|billion|lakh|lakhs|crore|juta|ribu|jt|rb|triệu|trieu|nghìn|tỷ|shillings?|dollars?|pounds?|euros?|btc|eth|trx)(?![a-z])|บาท|ล้าน|ดอลลาร์|រៀល|ដុល្លារ|ពាន់|လက်ခ|ကျပ်|သိန်း|ဒေါ်လာ|ກີບ|ບາດ|ໂດລາ|元|块|塊|万|萬|美金|美元|泰铢|泰銖|रुपये|रुपए|रु|लाख|टाका|টাকা|লাখ)/i
const BEFORE =
  /(?:[$€£¥฿₫៛₭₱₹৳₩]|(?:usd|usdt|thb|vnd|rp|rm|rs|php|myr|sgd|inr|bdt|idr|kes|ksh|hkd|ntd|gbp|eur|aud|us)\.?)\s?$/i

export function touchesMoney(text: string, start: number, end: number): boolean {
  return (
    (mayTouch(text, isBlank(text.charCodeAt(end)) ? end + 1 : end) &&
      BEHIND.test(text.slice(end, end + 12))) ||
    (mayTouch(text, isBlank(text.charCodeAt(start - 1)) ? start - 2 : start - 1) &&
      BEFORE.test(text.slice(Math.max(0, start - 6), start)))
  )
}

/** Whether what stands at `i` can be of a currency at all: a letter, a sign of money, `Rp.` */
function mayTouch(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  const letter = unit | 32
  return (letter >= 97 && letter <= 122) || unit >= 0xa1 || unit === 36 || unit === 37 || unit === 46
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0
}
