/** Elements whose words are not for readers. */
const HIDDEN = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg', 'math', 'iframe', 'object'])
/** Elements that begin a line of their own. */
const BLOCKS = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)

/** The entities that mail programs and chats write; every other is looked up by its number or left as it stands. */
const NAMED: Readonly<Record<string, string>> = {
  ...{
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    shy: '',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
  },
  ...{ zwnj: '\u200c', zwj: '\u200d', lrm: '\u200e', rlm: '\u200f', ndash: '–', mdash: '—', hellip: '…' },
  ...{ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»' },
  ...{ bull: '•', middot: '·', copy: '©', reg: '®', trade: '™', deg: '°', times: '×', euro: '€', pound: '£' },
  ...{ yen: '¥', cent: '¢', sect: '§', commat: '@', num: '#', colon: ':', period: '.', comma: ',', sol: '/' },
}
const ACCENTS: Readonly<Record<string, string>> = {
  ...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', ring: '\u030a' },
  ...{ cedil: '\u0327', caron: '\u030c' },
}

/** Whether a text is a page of HTML rather than words: it opens with one of its own elements. */
export function isHtml(text: string): boolean {
  return /^[\ufeff\s]{0,64}(?:<\?xml [^>]{0,200}>\s{0,64})?(?:<!--[^>]{0,400}>\s{0,64})?<(?:!doctype\s{1,8}html|html|head|body|meta|title|div|p|table|span|br|center|font)\b/i.test(
    text.slice(0, 2_048),
  )
}

/** The charset that a page names in its head. */
export function htmlCharset(head: string): string | null {
  for (const { index, 1: label } of head.slice(0, 4_096).matchAll(/charset\s?=\s?["']?([\w:.-]{1,40})/gi)) {
    const tag = head.slice(head.lastIndexOf('<', index), index)
    if (/^<meta/i.test(tag) && !tag.includes('>')) return label ?? null
  }
  return null
}

/**
 * The words of a page as a reader sees them: blocks on lines of their own, cells parted by tabs, a link's address behind
 * its words when they do not say it. Linear; broken markup is words.
 */
export function htmlText(html: string): string {
  const out: string[] = []
  let link: { href: string; from: number } | null = null
  const unclosed = new Set<string>()
  const last = html.lastIndexOf('>')
  for (let i = 0; i < html.length; ) {
    const open = html.indexOf('<', i)
    const words = html.slice(i, open < 0 ? html.length : open)
    if (words !== '') out.push(entities(words).replace(/[\s\u00a0]+/g, ' '))
    if (open < 0) break
    const tag = tagAt(html, open, last)
    i = tag.end
    if (tag.name === '') out.push(html.slice(open, tag.end))
    else if (tag.name === 'a' && !tag.closing) link = { href: hrefOf(tag.inside), from: out.length }
    else if (tag.name === 'a' && link !== null) {
      const said = out.slice(link.from).join('')
      if (link.href !== '' && !said.includes(bare(link.href))) out.push(` (${link.href})`)
      link = null
    } else if (/^t[dh]$/.test(tag.name)) out.push(tag.closing ? '\t' : '')
    else if (BLOCKS.has(tag.name)) out.push('\n')
    if (!tag.closing && HIDDEN.has(tag.name) && !tag.inside.endsWith('/'))
      i = behindHidden(html, tag, unclosed)
  }
  return tidy(out.join(''))
}

interface Tag {
  /** In small letters; '' when "<" opened no tag, "!" for comments and declarations. */
  readonly name: string
  readonly closing: boolean
  readonly inside: string
  readonly end: number
}

function tagAt(html: string, open: number, last: number): Tag {
  const none = { closing: false, inside: '' }
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4)
    return { ...none, name: '!', end: end < 0 ? html.length : end + 3 }
  }
  const found = /^<(\/?)([a-z][a-z\d]{0,20}|[!?])/i.exec(html.slice(open, open + 24))
  if (found === null || open > last) return { ...none, name: '', end: open + 1 }
  const close = html.indexOf('>', open)
  const [all, slash, name = ''] = found
  return {
    name: name.toLowerCase(),
    closing: slash === '/',
    inside: html.slice(open + all.length, close),
    end: close + 1,
  }
}

/** An element that is never closed hides nothing: its words may be the story. `unclosed` has those already looked for. */
function behindHidden(html: string, { name, end }: Tag, unclosed: Set<string>): number {
  if (unclosed.has(name)) return end
  const close = new RegExp(`</${name}\\b`, 'gi')
  close.lastIndex = end
  const found = close.exec(html)
  if (found === null) {
    unclosed.add(name)
    return end
  }
  const stop = html.indexOf('>', found.index)
  return stop < 0 ? html.length : stop + 1
}

function hrefOf(inside: string): string {
  const found = /\bhref\s{0,4}=\s{0,4}(?:"([^"]{0,2048})"|'([^']{0,2048})'|([^\s"'>]{1,2048}))/i.exec(inside)
  const href = entities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim()
  return /^(?:https?:|mailto:|tel:|tg:|line:)/i.test(href) ? href : ''
}

function bare(href: string): string {
  return href.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '')
}

export function entities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? accented(name) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}

function accented(name: string): string | null {
  const accent = ACCENTS[name.slice(1)]
  return accent === undefined ? null : `${name[0]}${accent}`.normalize('NFC')
}

/** No blanks at the ends of lines, and no more than one empty line. */
function tidy(text: string): string {
  const cells = (line: string) => line.split('\t').map((cell) => cell.trim())
  const lines = text.split('\n').map((line) => cells(line).join('\t').trim())
  const kept = lines.filter((line, i) => line !== '' || (i > 0 && lines[i - 1] !== ''))
  return `${kept.join('\n').trim()}\n`
}
