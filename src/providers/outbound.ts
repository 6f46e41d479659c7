import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { CustomFetch, CustomFetchOptions } from 'openid-client'
import { HouseError } from '../core/errors.ts'

/** Bytes of an answer, and milliseconds until the whole of it must be there. */
const MOST = 200_000
const LONGEST_MS = 6_000

type Net = readonly [network: string, bits: number]

/** Networks of one family. Never both in one list: it would hold an IPv4 address against the IPv6 ones, as a mapped one. */
function nets(family: 'ipv4' | 'ipv6', all: readonly Net[]): BlockList {
  const list = new BlockList()
  for (const [network, bits] of all) list.addSubnet(network, bits, family)
  return list
}

/**
 * Addresses that are not on the public internet (IANA special-purpose registries). Of IPv6 only 2000::/3 is public, and not all
 * of it; what carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo) is refused whatever it carries.
 */
const SPECIAL = {
  4: nets('ipv4', [
    ...([
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
    ] as const),
    ...([
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
      ['192.0.0.0', 24],
      ['192.0.2.0', 24],
    ] as const),
    ...([
      ['192.88.99.0', 24],
      ['192.168.0.0', 16],
      ['198.18.0.0', 15],
      ['198.51.100.0', 24],
    ] as const),
    ...([
      ['203.0.113.0', 24],
      ['224.0.0.0', 4],
      ['240.0.0.0', 4],
    ] as const),
  ]),
  6: nets('ipv6', [
    ...([
      ['::', 3],
      ['4000::', 2],
      ['8000::', 1],
    ] as const),
    ...([
      ['2001::', 23],
      ['2001:db8::', 32],
      ['2002::', 16],
      ['3fff::', 20],
    ] as const),
  ]),
}
const LOOPBACK = { 4: nets('ipv4', [['127.0.0.0', 8]]), 6: nets('ipv6', [['::1', 128]]) }
/** What whoever runs the house may open by name: the networks of an office and this computer, never link-local ones. */
const INSIDE = {
  4: nets('ipv4', [
    ...([
      ['10.0.0.0', 8],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['100.64.0.0', 10],
    ] as const),
    ['127.0.0.0', 8],
  ]),
  6: nets('ipv6', [
    ['fc00::', 7],
    ['::1', 128],
  ]),
}

const within = (lists: Readonly<Record<4 | 6, BlockList>>, address: string) =>
  isIP(address) === 6 ? lists[6].check(address, 'ipv6') : lists[4].check(address, 'ipv4')

/** Whether the house may connect there. @param named  its host stands in the setting for providers inside */
export function mayReach(address: string, named: boolean): boolean {
  if (isIP(address) === 0) return false
  return !within(SPECIAL, address) || (named && within(INSIDE, address))
}

/**
 * An address that the house, or a browser, may be sent to for a sign-in. Throws `invalid` for anything but https; plain http is
 * for this computer alone, and only where the setting names it.
 * @param inside  `host` or `host:port`, as FIREBREAK_PROVIDERS_INSIDE lists them
 */
export function checkedUrl(text: string, inside: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new HouseError('invalid', `${clip(text)} is not an https address`)
  if (url.username !== '' || url.password !== '')
    throw new HouseError('invalid', `${clip(text)} holds a user name; write the address without it`)
  const bare = hostOf(url)
  const here = bare === 'localhost' || (isIP(bare) !== 0 && within(LOOPBACK, bare))
  if (url.protocol === 'http:' && !(here && isNamed(url, inside)))
    throw new HouseError('invalid', `${clip(text)} is not https; a sign-in without encryption is refused`)
  return url
}

const clip = (text: string) => text.slice(0, 120)
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')
const isNamed = (url: URL, inside: readonly string[]) =>
  inside.includes(url.host) || inside.includes(url.hostname)

/**
 * The only way out of this house: to an organisation's identity provider, over TLS, to an address that was looked at after its
 * name was resolved and is the one connected to (no rebinding), with bounds of size and time, and following nothing.
 */
export function guardedFetch(inside: readonly string[]): CustomFetch {
  return async (text, options) => {
    const url = checkedUrl(text, inside)
    const named = isNamed(url, inside)
    const bare = hostOf(url)
    if (isIP(bare) !== 0 && !mayReach(bare, named)) throw notThere(url)
    return ask(url, options, pinned(url, named))
  }
}

function notThere(url: URL): HouseError {
  return new HouseError(
    'invalid',
    `${url.host} is an address inside a private network, and this house does not connect there; whoever runs it can allow it by FIREBREAK_PROVIDERS_INSIDE=${url.host}`,
  )
}

/** Resolves once; every address must be allowed, and the socket gets exactly these. */
function pinned(url: URL, named: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const [first] = found
      if (!first || found.some(({ address }) => !mayReach(address, named))) return done(notThere(url), '', 0)
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}

function ask(url: URL, it: CustomFetchOptions, lookup: LookupFunction): Promise<Response> {
  const body = it.body == null ? null : String(it.body)
  const options: RequestOptions = {
    method: it.method,
    headers: {
      ...it.headers,
      ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    lookup,
    agent: false,
    signal: AbortSignal.any([AbortSignal.timeout(LONGEST_MS), ...(it.signal ? [it.signal] : [])]),
  }
  return new Promise((done, fail) => {
    const sent = (url.protocol === 'http:' ? plainRequest : request)(url, options, (answer) => {
      read(answer).then((bytes) => done(asResponse(answer, bytes)), fail)
    })
    sent.on('error', (cause) => fail(cause instanceof HouseError ? cause : away(url, cause)))
    sent.end(body ?? undefined)
  })
}

function away(url: URL, cause: unknown): HouseError {
  const { code = '' } = cause as { code?: string }
  const why = /CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)
    ? 'its certificate is not one this house trusts'
    : code === 'ENOTFOUND'
      ? 'there is no such name'
      : 'it does not answer'
  return new HouseError(
    'conflict',
    `${url.host}: ${why}; try again in a moment, or sign in with your passkey`,
    {
      cause,
    },
  )
}

async function read(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST) {
      answer.destroy()
      throw new HouseError(
        'conflict',
        'the identity provider answered with more than 200 kB; it was not read',
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function asResponse(answer: IncomingMessage, bytes: Buffer): Response {
  const status = answer.statusCode ?? 0
  if (status < 200 || status > 599)
    throw new HouseError('conflict', 'the identity provider gave an answer that is not understood')
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, String(value))
  const empty = status === 204 || status === 205 || status === 304
  return new Response(empty ? null : new Uint8Array(bytes), { status, headers })
}
