/**
 * How much a decoded text looks like its language: the evidence for an encoding that does not name itself.
 * Each judge gives one non-ASCII character a value between -1 (nobody writes that) and 1 (as expected).
 * The lists are of the commonest letters and characters of the languages, collected by hand.
 */
export type Judge = (text: string, i: number) => number

/** The commonest characters of written Chinese; in running text of either script they make more than half of it. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运转钱账汇银行号码公司护照电话微信请款付收万元诈骗'
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運轉錢帳匯銀行號碼公司護照電話微信請款付收萬元詐騙'

export const HAN = han(SIMPLIFIED)
export const HAN_TRADITIONAL = han(TRADITIONAL)
export const HAN_EITHER = han(SIMPLIFIED + TRADITIONAL)

function han(common: string): Judge {
  const known = new Set([...common].map((sign) => sign.charCodeAt(0)))
  return (text, i) => {
    const unit = text.charCodeAt(i)
    if (known.has(unit)) return 1
    if (unit >= 0x4e00 && unit <= 0x9fff) return 0.2
    return isPunctuation(unit) ? 1 : -1
  }
}

/** Signs of sentences that Chinese and Western texts share, and full-width forms. */
function isPunctuation(unit: number): boolean {
  return (
    (unit >= 0x3000 && unit <= 0x3017) ||
    (unit >= 0xff01 && unit <= 0xff65) ||
    (unit >= 0x2010 && unit <= 0x2027) ||
    unit === 0x00a0 ||
    unit === 0x00b7 ||
    unit === 0x20ac
  )
}

/** Thai: signs above and below stand behind a consonant, leading vowels in front of one. */
export const THAI: Judge = (text, i) => {
  const unit = text.charCodeAt(i)
  if (unit < 0x0e01 || unit > 0x0e5b) return isPunctuation(unit) ? 0.5 : -1
  const before = text.charCodeAt(i - 1)
  if (isThaiMark(unit)) return isThaiConsonant(before) || isThaiMark(before) ? 1 : -1
  if (unit >= 0x0e40 && unit <= 0x0e44) return isThaiConsonant(text.charCodeAt(i + 1)) ? 1 : -1
  if (unit === 0x0e30 || unit === 0x0e32 || unit === 0x0e33 || unit === 0x0e45)
    return isThaiConsonant(before) || isThaiMark(before) || before === 0x0e32 ? 1 : -1
  if (unit === BAHT || (unit >= 0x0e50 && unit <= 0x0e59)) return isThaiConsonant(before) ? 0 : 1
  return unit >= 0x0e4f ? -1 : RARE_THAI.includes(text[i] ?? '') ? -0.3 : 1
}

const BAHT = 0x0e3f
/** One in twenty letters of Thai or fewer; together, in other bytes, nearly half. */
const RARE_THAI = 'ฃฅฆฌฎฏฐฑฒณฤฦธญศษฬฮฯฝผฉฟฒ'

function isThaiConsonant(unit: number): boolean {
  return unit >= 0x0e01 && unit <= 0x0e2e
}

function isThaiMark(unit: number): boolean {
  return unit === 0x0e31 || (unit >= 0x0e34 && unit <= 0x0e3a) || (unit >= 0x0e47 && unit <= 0x0e4e)
}

const COMMON_SIGNS = '‘’“”–—…•€£¥©®°·«»§\u00a0™ºª½¼¡¿×′″'

/** Latin letters with marks: one or two of them between plain letters, and of the languages of this code page. */
export function latinLetters(expected: string): Judge {
  const known = new Set([...expected, ...expected.toUpperCase()])
  return (text, i) => {
    const sign = text[i] ?? ''
    if (COMMON_SIGNS.includes(sign)) return 0.6
    if (!/\p{L}|\p{M}/u.test(sign)) return -1
    if (marked(text, i - 1) && marked(text, i + 1)) return -1
    // a capital inside a word of small letters: what another alphabet looks like
    if (/\p{Lu}/u.test(sign) && /\p{Ll}/u.test(text[i - 1] ?? '')) return -1
    return known.has(sign) ? 1 : -0.4
  }
}

function marked(text: string, i: number): boolean {
  return text.charCodeAt(i) > 0x7f && /\p{L}/u.test(text[i] ?? '')
}

const TONES = '\u0300\u0301\u0303\u0309\u0323'
const VIETNAMESE = 'ăâđêôơưàáãèéìíòóõùúýạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ'

/** Vietnamese as code page 1258 has it: tones are signs of their own behind a vowel. */
export const VIETNAMESE_LETTERS: Judge = (text, i) => {
  const sign = text[i] ?? ''
  if (TONES.includes(sign)) return /[aeiouyăâêôơư]/i.test(text[i - 1] ?? '') ? 1 : -1
  if (COMMON_SIGNS.includes(sign)) return 0.6
  if (/\p{Lu}/u.test(sign) && /\p{Ll}/u.test(text[i - 1] ?? '')) return -1
  return VIETNAMESE.includes(sign.toLowerCase()) ? 1 : -0.4
}

/** An alphabet of its own: whole words of it, small letters mostly, the common ones more often. */
export function alphabet(script: RegExp, common: string): Judge {
  const known = new Set(common)
  return (text, i) => {
    const sign = text[i] ?? ''
    if (COMMON_SIGNS.includes(sign)) return 0.6
    if (!script.test(sign)) return -1
    const beside = (text[i - 1] ?? '') + (text[i + 1] ?? '')
    if (/[a-z]/i.test(beside)) return -1
    if (/\p{Lu}/u.test(sign) && /\p{Ll}/u.test(text[i - 1] ?? '')) return -1
    return known.has(sign.toLowerCase()) ? 1 : 0.1
  }
}

/** UTF-16 without its mark: letters of the scripts of our languages, or any of Latin, Cyrillic, Greek, Arabic and Hebrew. */
export const ANY: Judge = (text, i) => {
  const unit = text.charCodeAt(i)
  if (unit >= 0x4e00 && unit <= 0x9fff) return HAN_EITHER(text, i)
  if (isPunctuation(unit) || (unit >= 0x200b && unit <= 0x200f) || unit === 0xfeff) return 0.6
  if (unit >= 0xd800 && unit <= 0xdfff) return 0.3
  const ours =
    (unit >= 0xa0 && unit < 0x250) ||
    (unit >= 0x300 && unit < 0x700) ||
    (unit >= 0x900 && unit < 0xa00) ||
    (unit >= 0xe00 && unit < 0xf00) ||
    (unit >= 0x1000 && unit < 0x10a0) ||
    (unit >= 0x1780 && unit < 0x1800) ||
    (unit >= 0x1e00 && unit < 0x1f00) ||
    (unit >= 0x20a0 && unit < 0x20c0)
  return ours ? 1 : -1
}

/** The mean value of the non-ASCII characters; null when there are none, -1 when there are signs that no text has. */
export function plausibility(text: string, judge: Judge): number | null {
  let sum = 0
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (isControl(unit)) return -1
    if (unit < 0x80) continue
    count++
    sum += judge(text, i)
  }
  return count === 0 ? null : sum / count
}

/** Signs that steer machines: no text has them, but for tabs, line ends, page ends, and the escape of terminals. */
export function isControl(unit: number): boolean {
  return (
    (unit < 0x20 && !(unit >= 9 && unit <= 13) && unit !== 0x1b) ||
    (unit >= 0x7f && unit < 0xa0 && unit !== 0x85)
  )
}
