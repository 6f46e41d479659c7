import type { Candidate, Context, Plain } from '../finder.ts'
import { allLabels, type Label } from '../labels.ts'
import type { Platform } from '../lexicon/identifier-types.ts'
import { IDENTIFIERS } from '../lexicon/identifiers.ts'
import { sourceEnd, sourceOffset } from '../plain.ts'
import { viewsOf } from '../refang.ts'
import { isAlphanumericUnit, withoutTail } from '../scan.ts'
import { swept } from '../sweep.ts'

/** Names on platforms: `@name` near the platform's name, a name behind it ("LINE ID: …"), a link to a profile (t.me/…). */
export function findHandles(plain: Plain, _context: Context): Candidate[] {
  const platforms = allLabels(plain).filter(({ role }) => role === 'platform')
  const found: Candidate[] = []
  for (const it of atNames(plain, platforms)) found.push(it)
  if (platforms.length > 0) for (const it of named(plain, platforms)) found.push(it)
  addProfiles(found, plain)
  return found
}

const PLATFORM = new Map(IDENTIFIERS.platforms.map((platform) => [platform.id, platform]))

const TELEGRAM_PLATFORM = PLATFORM.get('telegram') as Platform

interface Name {
  readonly start: number
  readonly end: number
  /** Without "@". */
  readonly name: string
}

function candidate(
  platform: Platform,
  { start, end, name }: Name,
  confidence: number,
  why: string,
): Candidate {
  const normal = `${platform.id}:@${name.toLowerCase()}`
  return { kind: 'handle', start, end, value: `@${name}`, normal, confidence, why, system: platform.id }
}

/** Letters, digits, dots, dashes and underscores; the full stop of a sentence is not part of it. */
const NAME = /^[a-z0-9_](?:[a-z0-9_.-]{0,30}[a-z0-9_])?/i

function nameAt(text: string, start: number): string {
  const name = NAME.exec(text.slice(start, start + 33))?.[0] ?? ''
  // "on messenger services.Establish": behind a full stop a capital begins a sentence.
  const sentence = name.search(/[.-][A-Z]/)
  return sentence < 0 ? name : name.slice(0, sentence)
}

/** How far from an "@name" its platform may be named, in UTF-16 units. */
const NEAR = 160
const BEHIND = 32

function atNames(plain: Plain, platforms: readonly Label[]): readonly Candidate[] {
  const { ats } = swept(plain)
  return ats.length === 0 ? NONE : [...namesAt(plain, ats, platforms)]
}

const NONE: readonly Candidate[] = []

function* namesAt(
  { text }: Plain,
  ats: readonly number[],
  platforms: readonly Label[],
): Generator<Candidate> {
  const only = onlyPlatform(text, platforms)
  let next = 0
  for (const at of ats) {
    while ((platforms[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++
    const name = nameAt(text, at + 1)
    const end = at + 1 + name.length
    if (name.length < 3 || !/[a-z]/i.test(name) || isMail(text, at, end)) continue
    const found =
      platformOf(text, platforms, next, { start: at, end }) ??
      (only === null ? null : { platform: only, why: 'the only platform named in the text' })
    if (found === null) {
      if (isContact(text, at, name))
        yield candidate(
          TELEGRAM_PLATFORM,
          { start: at, end, name },
          0.55,
          'a name with "@" to write to, no platform named: such names are mostly of Telegram',
        )
      continue
    }
    const why = `a name with "@"; ${found.why}: ${found.platform.id}`
    yield candidate(found.platform, { start: at, end, name }, found.platform === only ? 0.85 : 0.92, why)
  }
}

const CONTACT =
  /(?:contact|message|msg|user|username|ผู้ใช้|អ្នកប្រើ|ຜູ້ໃຊ້|người dùng|pengguna|उपयोगकर्ता|ব্যবহারকারী|用户|用戶|mtumiaji|support|service|admin|agent|boss|write to|ask|hr|cs|liên hệ|hỗ trợ|nhắn|ib|hubungi|kontak|cs|bantuan|kontakin|msaada|wasiliana|ติดต่อ|ทัก|แอดมิน|แอดมินไลน์|ແອັດມິນ|ທັກ|អេតមីន|អេដមីន|អាដមីន|ទាក់|ឆាត|ទំនាក់ទំនង|ទាក់ទង|ဆက်သွယ်|ຕິດຕໍ່|संपर्क|যোগাযোগ|联系|聯繫|客服|找|加)[\s:]{0,3}$/i

/** Telegram's names: five signs and more, letters, digits and underscores. */
function isContact(text: string, at: number, name: string): boolean {
  return /^(?=.*[\d_])\w{5,32}$/.test(name) && CONTACT.test(text.slice(Math.max(0, at - 24), at))
}

/** Part of a mail address, or of a host behind it. */
function isMail(text: string, at: number, end: number): boolean {
  const before = text.charCodeAt(at - 1)
  return (
    isAlphanumericUnit(before) || '._-+/`'.includes(text.charAt(at - 1) || ' ') || text.charAt(end) === '@'
  )
}

/**
 * The platform an "@name" belongs to: one in brackets directly behind, else the nearest named before, else one behind.
 * @param next  index of the first platform named behind the name's start
 */
function platformOf(
  text: string,
  platforms: readonly Label[],
  next: number,
  { start, end }: { start: number; end: number },
): { platform: Platform; why: string } | null {
  const behind = platforms[next]
  const gap = behind === undefined ? '' : text.slice(end, behind.start)
  if (
    behind !== undefined &&
    behind.start - end <= BEHIND &&
    /^[ ,]?[ ]?(?:[([]|on |trên |di |ใน|บน|在)\s?$/.test(gap) &&
    behind.platform?.by !== 'number'
  ) {
    return { platform: behind.platform as Platform, why: 'named behind it' }
  }
  for (let i = next - 1; i >= 0; i--) {
    const label = platforms[i]
    if (label === undefined || start - label.end > NEAR) break
    if (label.platform === null || (label.platform.by === 'number' && label.platform.id !== 'zalo')) continue
    if (!isNamed(text, label)) continue
    return { platform: label.platform, why: 'named before it' }
  }
  if (
    behind?.platform != null &&
    behind.platform.by !== 'number' &&
    behind.start - end <= BEHIND &&
    !/[\n.]/.test(gap)
  ) {
    return { platform: behind.platform, why: 'named behind it' }
  }
  return null
}

/** Telegram's own exports, and links to it: where nothing else is named, an "@name" is one of its names. */
const TELEGRAM =
  /\bt\.me\/|^.{1,60}, \[\d{1,2}[./]\d{1,2}[./]\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?\]|"from_id": ?"user\d/m

function speaksOfTelegram(text: string): boolean {
  const head = text.slice(0, 20_000)
  const may = head.includes('t.me/') || head.includes(', [') || head.includes('"from_id"')
  return may && TELEGRAM.test(head)
}

/** The one platform with names that the text speaks of; null when there are none or several. */
function onlyPlatform(text: string, platforms: readonly Label[]): Platform | null {
  const ids = new Set(
    platforms.filter(({ platform }) => platform?.by === 'name' && platform.plain).map(({ system }) => system),
  )
  if (speaksOfTelegram(text)) ids.add('telegram')
  const [id] = ids
  return ids.size === 1 ? (PLATFORM.get(id ?? '') ?? null) : null
}

/** "line" and "signal" are words too: they name the platform in capitals, or where an ID, a colon or "@" follows. */
function isNamed(text: string, { platform, start, end }: Label): boolean {
  const written = text.slice(start, end)
  if (platform === null || platform.plain || /[^ -~]/.test(written)) return true
  if (/^[A-Z]{3,}/.test(written) || / id$/i.test(written)) return true
  return (
    /^\s?(?:id\b|[:=：@]|add\b)/i.test(text.slice(end, end + 6)) ||
    /\badd (?:me on |my |our |us on )?$/i.test(text.slice(Math.max(0, start - 16), start))
  )
}

/**
 * What may stand between a platform and a name: "ID", "account", "is" and their like in our languages, and signs.
 * A colon, or a word for ID, makes the word behind a name even without a digit in it.
 */
const BRIDGE =
  /^(?:[\s:=>\-"'“”«»*（[({【「]|(?:id|ids|user|username|name|handle|account|acc|contact|nick|nickname|number|no\.?|is|was|add|group|channel|official|me|us|at|on|or|my|our|his|her|their|là|tên|tài khoản|kênh|nhóm|của|tôi|akun|adalah|nama|saya|kami|aku|ko|namin|niya|ay|akaun|ialah|ni|jina|akaunti|yangu|yake)(?![a-z0-9])|ไอดี|ชื่อ|บัญชี|คือ|แอด|ที่|ได้|กลุ่ม|มันคือ|มัน|ของเธอ|ของฉัน|ของผม|ของเขา|ของ|เพื่อน|พี่|น้อง|แม่|หา|ทัก|ໝູ່|ອ້າຍ|ເອື້ອຍ|ທັກ|មិត្ត|បង|เธอ|ฉัน|ผม|เขา|លេខ|ឈ្មោះ|គណនី|គឺ|របស់|ខ្ញុំ|គេ|နာမည်|အကောင့်|အိုင်ဒီ|က|ແມ່ນ|ຊື່|ໄອດີ|ຂອງ|ເພິ່ນ|आईडी|है|पर|अकाउंट|का|नाम|নাম|আইডি|হলো|হল|আমার|তার|我的|他的|她的|号码|號碼|账号|帳號|号|號|是|叫|为|為|加|搜索|搜|客服|联系|聯繫|群|频道|id)/i
const STRONG = /[:=@：]|\bid\b|ไอดี|号|號|帳|账|आईडी|আইডি|username|handle|ໄອດີ|အိုင်ဒီ/i

function* named(plain: Plain, platforms: readonly Label[]): Generator<Candidate> {
  const { text } = plain
  for (const label of platforms) {
    const { platform, start, end } = label
    if (platform === null || !isNamed(text, label)) continue
    const from = skipBridge(text, end)
    const name = nameAt(text, from)
    const strong = STRONG.test(text.slice(start, from))
    if (!isName(text, from, name, { platform, strong })) continue
    const why = `behind "${text.slice(start, from).trim()}"`
    yield candidate(
      platform,
      { start: from, end: from + name.length, name },
      strong || name.includes('.') ? 0.93 : 0.82,
      why,
    )
  }
}

const LONGEST_BRIDGE = 40

function skipBridge(text: string, end: number): number {
  let at = end
  const stop = end + LONGEST_BRIDGE
  while (at < stop) {
    const step = BRIDGE.exec(text.slice(at, at + 16))?.[0].length ?? 0
    if (step === 0 || (text.charAt(at) === '\n' && text.charAt(at + 1) === '\n')) break
    at += step
  }
  return at
}

interface Found {
  readonly platform: Platform
  /** A colon or a word for ID stands between. */
  readonly strong: boolean
}

/** Words that follow a platform's name but are nobody's name. */
const ORDINARY =
  /^(?:and|or|the|for|to|on|in|at|is|was|are|only|app|apps|chat|chats|group|groups|channel|message|messages|video|call|calls|account|number|link|here|below|now|please|contact|with|me|us|my|our|your|his|her|via|by|from|if|https?|www|support|admin|page|profile|user|users|business|bot|web|desktop|version|premium|store|shop|live|ads?|yes|no|none|n|a|dan|atau|yang|di|ke|va|hoac|at|sa|ng|na|kwa|ya|wa|private|available|tba|same|this|that|he|she|they|we|you|it)$/i

function isName(text: string, from: number, name: string, { platform, strong }: Found): boolean {
  const end = from + name.length
  const next = text.charAt(end)
  if (
    text.charAt(from - 1) === '@' ||
    next === '@' ||
    next === '/' ||
    (next === '.' && /^\.[a-z0-9]/i.test(text.slice(end, end + 2)))
  )
    return false
  if (platform.by === 'digits') return /^\d{5,11}$/.test(name)
  if (platform.by === 'number' && !strong) return false
  if (name.length < 4 || name.length > 32 || !/[a-z]/i.test(name) || ORDINARY.test(name)) return false
  if (/^v?\d+(?:\.\d+)+$/i.test(name) || /^\d+(?:st|nd|rd|th|k|m|usd|usdt|thb|pm|am|h|hrs?|x)$/i.test(name))
    return false
  if (/[\d_]/.test(name) || (/[.-]/.test(name) && name.length > 5)) return true
  return (
    strong &&
    (/^\s*(?:$|[\n,;)\]|/。，；、]|\.(?:\s|$))/.test(text.slice(end, end + 3)) || /^[^ -~]/.test(next))
  )
}

/** Hosts whose bare links are people themselves: with their scheme they are links like any other (`find/web.ts`). */
const LINK_HOST = /(?:^|[^\w./@-])(t|telegram|line|m|zalo)$/i
const LINK_NAME = /^\.me\/(?:(?:r\/)?ti\/p\/)?[~@]?([a-z0-9_][\w.-]{2,33})(?![\w/?+])/i
const LINK_PLATFORM: Record<string, string> = {
  t: 'telegram',
  telegram: 'telegram',
  line: 'line',
  m: 'messenger',
  zalo: 'zalo',
}

/** A bare link to a person: t.me/name, line.me/ti/p/~name, m.me/name. */
function addProfiles(found: Candidate[], plain: Plain): void {
  for (const { bare, scan } of viewsOf(plain)) {
    for (const dot of scan.dots) {
      const link = profileAt(bare.text, dot)
      if (link === null) continue
      const start = sourceOffset(bare, link.start)
      const end = sourceEnd(bare, link.end)
      found.push(
        candidate(link.platform, { start, end, name: link.name }, 0.93, 'the name in a link to a profile'),
      )
    }
  }
}

const SLASH = 47

function profileAt(text: string, dot: number): (Name & { platform: Platform }) | null {
  if (text.charCodeAt(dot + 3) !== SLASH) return null
  const host = LINK_HOST.exec(text.slice(Math.max(0, dot - 10), dot))?.[1]
  const path = host === undefined ? null : LINK_NAME.exec(text.slice(dot, dot + 52))
  const platform = PLATFORM.get(LINK_PLATFORM[host?.toLowerCase() ?? ''] ?? '')
  if (host === undefined || path === null || platform === undefined) return null
  const name = withoutTail(path[1] ?? '')
  if (/^\d+$/.test(name) || platform.links.includes(name.toLowerCase())) return null
  const trimmed = path[0].length - (path[1]?.length ?? 0) + name.length
  return { platform, start: dot - host.length, end: dot + trimmed, name }
}
