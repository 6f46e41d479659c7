import { anyOf } from '../lexicon/form.ts'
import { ORGANISATIONS } from '../lexicon/organisations.ts'
import { isDigit, isEdge, isLetter, isUnspaced, scriptAt } from '../script.ts'
import type { Near } from './organisation-near.ts'
import { quotedAt } from './organisation-quotes.ts'
import {
  BLANK,
  type Named,
  SOUND_BRANDS,
  SOUND_SYLLABLES,
  type Span,
  UNSPACED_TAILS,
} from './organisation-words.ts'
import { isPlaceName } from './place-words.ts'

const { weighed: WEIGHED } = ORGANISATIONS
const MOST_WORDS = 6
/** Units on either side in which words of work, payment and confinement say what the text is about. */
const ABOUT = 200
/** Numbers that are added to names for luck: มังกรทอง888. */
const LUCKY = new RegExp(`^${anyOf([...WEIGHED.lucky, '24', '247'])}(?!\\d)`)
/** คนละตึก: a number of its own behind a name, when a word of place or nothing follows. */
const NUMBERED = new RegExp(`^ \\d(?=$|[\\n.,"”)]| ?${anyOf(WEIGHED.numbered)})`)

/** What is heard in a name: foreign words written by ear (points each), Chinese syllables (half a point each). */
interface Heard extends Span {
  readonly words: number
  readonly syllables: number
  readonly lucky: boolean
}

/** Foreign words and Chinese syllables written in Thai, Lao or Khmer letters from `from` on: บลูโอเชียน, ជីនម៉ា. */
function heardAt(text: string, from: number): Heard | null {
  let end = from
  let words = 0
  let syllables = 0
  for (let count = 0; count < MOST_WORDS; count++) {
    const at = count > 0 && text.charCodeAt(end) === BLANK ? end + 1 : end
    const stop = wordAt(text, at, count)
    if (stop !== null) {
      words++
      end = stop
      continue
    }
    const syllable = at > end ? null : SOUND_SYLLABLES.longest(text, at, (_, to) => isEdge(text, to))
    if (syllable === null) break
    syllables++
    end = syllable.end
  }
  if (end === from) return null
  const lucky = LUCKY.exec(text.slice(end, end + 4))?.[0] ?? ''
  const numbered = NUMBERED.exec(text.slice(end, end + 8))?.[0] ?? ''
  return { start: from, end: end + (lucky || numbered).length, words, syllables, lucky: lucky !== '' }
}

function wordAt(text: string, at: number, count: number): number | null {
  const brand = SOUND_BRANDS.longest(text, at, (_, to) => isEdge(text, to))
  const tail = count === 0 ? null : UNSPACED_TAILS.longest(text, at, (_, to) => isEdge(text, to))
  const end = Math.max(brand?.end ?? 0, tail?.end ?? 0)
  return end === 0 ? null : end
}

/** Two foreign words or more, where work, payment or confinement is spoken of: nothing has to announce such a name. */
export function nameOfForeignWords(text: string, at: Span, near: Near): Named | null {
  if (!isEdge(text, at.start) || NO_FIRM.test(text.slice(Math.max(0, at.start - 9), at.start))) return null
  const heard = heardAt(text, at.start)
  if (heard === null || heard.words + Number(heard.lucky) < 2 || !isName(text, heard)) return null
  if (!isAbout(near, heard)) return null
  return {
    start: heard.start,
    end: heard.end,
    confidence: 0.65,
    why: 'foreign words that firms are named with',
  }
}

/** Homes, shops, films, songs, sides and models are named in this way as well. */
const NO_FIRM = new RegExp(`${anyOf(WEIGHED.sound_other)} ?$`)

/** A name written by ear behind what firms stand behind: ทำงานให้จินหม่า, นៅក្នុងតៃឆាង; or in quotes behind a verb of naming. */
export function heardBehindFrame(
  text: string,
  frame: Span,
  it: { points: number; near: Near },
): Named | null {
  let from = frame.end
  while (from < frame.end + 2 && text.charCodeAt(from) === BLANK) from++
  if (!isUnspaced(scriptAt(text, frame.end - 1))) return null
  const words = text.slice(frame.start, frame.end)
  const named = NAMING.test(words) && PLACES.test(text.slice(Math.max(0, frame.start - 60), frame.start))
  const quoted = named ? quotedAt(text, from) : null
  if (quoted !== null && quoted.end - quoted.start < 24 && isAbout(it.near, quoted))
    return { ...quoted, confidence: 0.65, why: `in quotes behind '${words}'` }
  if (!isUnspaced(scriptAt(text, from))) return null
  const heard = heardAt(text, from)
  if (heard === null || !isName(text, heard)) return null
  const sound = heard.words + heard.syllables / 2 + Number(heard.lucky)
  if (sound < 1 || it.points + sound < 3 || !isAbout(it.near, heard)) return null
  return { start: heard.start, end: heard.end, confidence: 0.65, why: `a foreign name behind '${words}'` }
}

/** What is called so must be a place or a firm: victims and targets have their names, too. */
const PLACES = new RegExp(anyOf(WEIGHED.named_places))
const NAMING = new RegExp(`${anyOf(WEIGHED.naming)}$`)

/** มังกรทอง888: a name with a lucky number glued to it, behind a blank. */
export function nameWithLuck(text: string, at: Span, near: Near): Named | null {
  if (!isLetter(text, at.start - 1) || !isUnspaced(scriptAt(text, at.start - 1))) return null
  if (isDigit(text, at.end) || /^(?:[.,:/-]\d| ?(?:บาท|ກີບ|រៀល|฿|₭|៛))/.test(text.slice(at.end, at.end + 5)))
    return null
  const script = scriptAt(text, at.start - 1)
  let start = at.start
  while (start > at.start - 20 && scriptAt(text, start - 1) === script && isLetter(text, start - 1)) start--
  const length = at.start - start
  if (
    length < 4 ||
    length >= 20 ||
    NO_NAME.test(text.slice(start, at.start)) ||
    NUMBER_OF.test(text.slice(start, at.start))
  )
    return null
  if (!isAbout(near, { start, end: at.end })) return null
  return { start, end: at.end, confidence: 0.65, why: 'a lucky number glued to a name' }
}

/** Numbers of lotteries, prices and payments. */
const NO_NAME = new RegExp(anyOf(WEIGHED.number_paid))
/** Words that a plain number follows. */
const NUMBER_OF = new RegExp(`${anyOf(WEIGHED.number_of)}$`)

function isName(text: string, { start, end }: Span): boolean {
  return !isPlaceName(text.slice(start, end)) && isEdge(text, end)
}

function isAbout(near: Near, { start, end }: Span): boolean {
  return near.around.within(start - ABOUT, end + ABOUT)
}
