import type { Canonical, Unmatchable } from './identifier.ts'

/**
 * Hosts of which millions of people have a page: the host says nothing, the page does. Platforms, shops, link shorteners,
 * document hosts. Sub-domains count (`docs.` of a search engine), except where each customer has one: those hosts
 * (`github.io`, `web.app` and the like) are left out on purpose, because there the host is the site.
 */
const SHARED_HOSTS = new Set(
  `facebook.com fb.com fb.me m.me messenger.com instagram.com threads.net x.com twitter.com t.co tiktok.com youtube.com
  youtu.be linkedin.com lnkd.in snapchat.com pinterest.com reddit.com vk.com ok.ru weibo.com weibo.cn xiaohongshu.com
  xhslink.com douyin.com kuaishou.com bilibili.com qq.com t.me telegram.me telegram.org telegra.ph wa.me whatsapp.com
  line.me lin.ee zalo.me viber.com signal.org signal.me discord.com discord.gg skype.com kakao.com google.com goo.gl
  forms.gle g.co apple.com microsoft.com live.com office.com 1drv.ms dropbox.com notion.so notion.site medium.com
  github.com gitlab.com pastebin.com imgur.com linktr.ee beacons.ai bit.ly tinyurl.com is.gd cutt.ly rb.gy shorturl.at
  t.ly s.id ow.ly buff.ly rebrand.ly shopee.com lazada.com amazon.com alibaba.com taobao.com ebay.com jobstreet.com
  indeed.com gmail.com outlook.com hotmail.com yahoo.com wikipedia.org zoom.us paypal.com wise.com`.split(
    /\s+/,
  ),
)

/** Hosts that are one: the second is the name kept. */
const SAME_HOST: Record<string, string> = {
  'telegram.me': 't.me',
  'fb.com': 'facebook.com',
  'twitter.com': 'x.com',
}

/** What a link gains on its way through advertising and messengers; it says nothing about the page. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|igshid|igsh|si|ref|ref_src|mibextid|_t|_r)$/i

/** A name of at least two labels, an IPv4 address, or an IPv6 address in brackets. */
const HOST = /^(?:(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}|\[[0-9a-f:.]+\])$/

/** A web address taken apart, its host in lower-case punycode without `www.`; null when it is none. */
function parse(text: string): { url: URL; host: string } | null {
  const trimmed = text.normalize('NFKC').trim()
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute)) return null
  const url = new URL(absolute)
  // `www.` goes only where a domain is left: www.com is one
  const host = url.hostname.replace(/\.$/, '').replace(/^(?:www\.)+(?=[^.]+\.)/, '')
  return HOST.test(host) ? { url, host } : null
}

/** The entry of `SHARED_HOSTS` a host belongs to. */
function sharedHost(host: string): string | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1))
    if (SHARED_HOSTS.has(rest)) return rest
  return null
}

/** A host name in lower-case punycode, as e-mail and links use it; null when it is none. */
export function canonicalHost(text: string): string | null {
  return parse(text)?.host ?? null
}

/** A domain: its host. One that everybody uses is no lead. */
export function canonicalDomain(text: string): Canonical | Unmatchable {
  const parsed = parse(text)
  if (parsed === null) return { why: 'this is not a domain name' }
  if (sharedHost(parsed.host) === parsed.host)
    return { why: `${parsed.host} belongs to everybody who uses it: the page is what can be matched` }
  return { space: 'site', value: parsed.host }
}

/**
 * A link. On a site of its own it is matched by host, like a domain: scam sites give each target another path, and one
 * report may hold the link where the other holds the bare domain. On a shared host it is matched by page.
 */
export function canonicalUrl(text: string): Canonical | Unmatchable {
  const parsed = parse(text)
  if (parsed === null) return { why: 'this is not a web address' }
  const { url, host } = parsed
  if (sharedHost(host) === null) return { space: 'site', value: host }
  const page = `${pagePath(url)}${pageQuery(url)}`
  if (page === '') return { why: `${host} belongs to everybody who uses it: the page is what can be matched` }
  return { space: 'page', value: pageHost(host) + page }
}

/** `https://t.me/NAME` names the same thing as the handle `telegram:NAME`. Null where a link is not a profile. */
export function profileHandle(text: string): string | null {
  const parsed = parse(text)
  if (parsed === null) return null
  const name = /^\/@?([A-Za-z0-9_.]{3,64})\/?$/.exec(parsed.url.pathname)?.[1]
  const platform = PROFILES[pageHost(parsed.host)]
  return name === undefined || platform === undefined || /\.php$/.test(name) ? null : `${platform}:${name}`
}

const PROFILES: Record<string, string> = {
  't.me': 'telegram',
  'facebook.com': 'facebook',
  'instagram.com': 'instagram',
  'x.com': 'x',
  'tiktok.com': 'tiktok',
}

/** `https://wa.me/66…` names a phone number. Null where a link does not. */
export function linkedPhone(text: string): string | null {
  const parsed = parse(text)
  const digits = parsed?.host === 'wa.me' ? /^\/\+?(\d{7,15})\/?$/.exec(parsed.url.pathname)?.[1] : undefined
  return digits === undefined ? null : `+${digits}`
}

function pageHost(host: string): string {
  const desktop = host.replace(/^(?:m|mobile)\./, '')
  return SAME_HOST[desktop] ?? (sharedHost(desktop) === null ? host : desktop)
}

function pagePath(url: URL): string {
  return url.pathname.replace(/\/+$/, '')
}

function pageQuery(url: URL): string {
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name))
  if (kept.length === 0) return ''
  return `?${new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))}`
}
