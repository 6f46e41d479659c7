/**
 * T10: does the time of an answer at the door tell whether somebody is known? Pairs of requests, one for somebody and one for nobody,
 * in a random order, to a real server over HTTP: the salt of a password, a wrong password, a wrongly signed passkey. Each address
 * is asked for once, as whoever tries a list of them would. Prints both distributions, the difference of the medians with its
 * 99 % interval (bootstrap over the pairs), and Mann and Whitney's test. The floor is nobody against nobody: what a difference is
 * where there is none.
 * Run  node bench/signin/run.ts [--pairs 1000] [--write]
 */
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { hashSignIn } from '../../src/access/passwords.ts'
import { newId } from '../../src/core/ids.ts'
import { addOrg } from '../../src/members/demo.ts'
import { newMemberKey } from '../../src/seal/member-key.ts'
import { newSalt } from '../../src/seal/password.ts'
import { newDevice, signedBy } from '../../test/authenticator.ts'
import { asker } from '../../test/house.ts'
import { type BenchServer, startServer } from '../server.ts'
import { percentile } from '../stats.ts'

const PAIRS = Number(process.argv[process.argv.indexOf('--pairs') + 1]) || 1_000
const WARM = 50
/** A password takes some 20 ms of a core, so of these there are fewer. */
const SLOWER = 5

const server = await startServer()
try {
  const known = await people(server)
  const ask = asker(server.remote, null)
  const salt = (email: string) => timed(() => ask('POST', '/api/signin/password/salt', { body: { email } }))
  const password = (email: string) =>
    timed(() => ask('POST', '/api/signin/password', { body: { email, signIn: 'B'.repeat(43) } }))
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const passkey = async (credentialId: string) => {
    const { body } = await ask<{ challengeId: string; options: { challenge: string } }>(
      'POST',
      '/api/signin/passkey/options',
    )
    const response = signedBy(newDevice(), body.options.challenge, { credentialId, signedBy: stranger })
    return timed(() =>
      ask('POST', '/api/signin/passkey', { body: { challengeId: body.challengeId, response } }),
    )
  }
  const email = (kind: string, round: number) => (n: number) =>
    `${kind}${round * (PAIRS + WARM) + n}@bench.example`
  const result = {
    salt: await pairs(
      PAIRS,
      (n) => salt(email('known', 0)(n)),
      (n) => salt(email('nobody', 0)(n)),
    ),
    saltOfNobodyTwice: await pairs(
      PAIRS,
      (n) => salt(email('none', 1)(n)),
      (n) => salt(email('nobody', 1)(n)),
    ),
    password: await pairs(
      PAIRS / SLOWER,
      (n) => password(email('known', 0)(n)),
      (n) => password(email('nobody', 2)(n)),
    ),
    passkey: await pairs(
      PAIRS,
      (n) => passkey(known[n] ?? ''),
      () => passkey(newDevice().credentialId),
    ),
    passkeyOfNobodyTwice: await pairs(
      PAIRS,
      () => passkey(newDevice().credentialId),
      () => passkey(newDevice().credentialId),
    ),
  }
  console.log(JSON.stringify(result, null, 2))
  if (process.argv.includes('--write'))
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 2)}\n`)
} finally {
  await server.stop()
}

/** One member for each pair, each with a password and a passkey. Returns their passkeys' ids. */
async function people({ store }: BenchServer): Promise<string[]> {
  const hash = await hashSignIn('A'.repeat(43))
  const { recipient } = await newMemberKey()
  return store.as({ system: 'setup' }, async (db) => {
    const org_id = await addOrg(db, {
      ...{
        key: 'bench',
        name: 'Bench',
        kind: 'cso',
        country: 'TH',
        timeZone: 'Asia/Bangkok',
        hours: 'always',
      },
      ...{ languages: ['en'], channel: 'none', powers: [] },
    })
    const all = Array.from({ length: PAIRS + WARM }, (_, n) => ({ id: newId(), n, device: newDevice() }))
    for (const { id, n, device } of all) {
      await db
        .insertInto('member')
        .values({
          id,
          org_id,
          email: `known${n}@bench.example`,
          name: 'Bench',
          role: 'caseworker',
          recipient,
        })
        .execute()
      await db.insertInto('password').values({ member_id: id, salt: newSalt(), hash }).execute()
      await db
        .insertInto('passkey')
        .values({ credential_id: device.credentialId, member_id: id, public_key: device.cose, counter: 0 })
        .execute()
    }
    return all.map(({ device }) => device.credentialId)
  })
}

/** Milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

type Try = (n: number) => Promise<number>

async function pairs(count: number, known: Try, nobody: Try) {
  const all: { known: number; nobody: number }[] = []
  for (let n = 0; n < count + WARM; n++) {
    const first = Math.random() < 0.5
    const one = await (first ? known : nobody)(n)
    const other = await (first ? nobody : known)(n)
    if (n >= WARM) all.push(first ? { known: one, nobody: other } : { known: other, nobody: one })
  }
  const [a, b] = [all.map((it) => it.known), all.map((it) => it.nobody)]
  return {
    ...{ pairs: all.length, knownMs: spread(a), nobodyMs: spread(b) },
    medianDifferencePercent: percent(a, b),
    interval99Percent: interval(all),
    mannWhitneyP: round(mannWhitney(a, b), 4),
  }
}

function round(it: number, digits: number): number {
  return Number(it.toFixed(digits))
}

function spread(it: readonly number[]) {
  const at = (share: number) => round(percentile(it, share), 2)
  return { p5: at(0.05), p50: at(0.5), p95: at(0.95) }
}

function percent(a: readonly number[], b: readonly number[]): number {
  return round((percentile(a, 0.5) / percentile(b, 0.5) - 1) * 100, 2)
}

/** Between which per cents the difference of medians lies in 99 of 100 draws of these pairs. */
function interval(all: readonly { known: number; nobody: number }[]): [number, number] {
  const draws = Array.from({ length: 1_000 }, () => {
    const drawn = all.map(() => all[Math.floor(Math.random() * all.length)] as (typeof all)[0])
    return percent(
      drawn.map((it) => it.known),
      drawn.map((it) => it.nobody),
    )
  })
  return [percentile(draws, 0.005), percentile(draws, 0.995)]
}

/** Two-sided p by the normal approximation (over 20 of each; ties hardly occur between nanoseconds). */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const ranked = [...a.map((ms) => ({ ms, a: true })), ...b.map((ms) => ({ ms, a: false }))].sort(
    (x, y) => x.ms - y.ms,
  )
  const sum = ranked.reduce((all, it, i) => all + (it.a ? i + 1 : 0), 0)
  const u = sum - (a.length * (a.length + 1)) / 2
  const z =
    (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return erfc(Math.abs(z) / Math.SQRT2)
}

/** Abramowitz and Stegun 7.1.26; off by at most 1.5e-7. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const poly = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429]
  return poly.reduceRight((sum, it) => (sum + it) * t, 0) * Math.exp(-x * x)
}
