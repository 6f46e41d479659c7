import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { inForce, ORG_KINDS, POWER_KINDS, type Power } from '../core/power.ts'
import type { AccountFact, Actor } from './actors.ts'
import { checkRail } from './rail.ts'
import { readRails } from './rails-content.ts'
import type { Payment } from './situation.ts'
import { whoCanAct } from './who-can-act.ts'

// The four rails of the founding night; a rail that is added later must not change what these tests say.
const KNOWN = ['fbi-ffkc', 'interpol-igrip', 'sending-bank-recall', 'sg-police-freeze']
const RAILS = readRails().filter(({ id }) => KNOWN.includes(id))
const OFFICE = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }]

const base = { verifiedBy: 'Steward', until: null, leftAt: null, legalBasis: 'its law' }
const singapore = { ...base, country: 'SG', timeZone: 'Asia/Singapore' }
const network: Record<string, Power> = {
  police: {
    ...singapore,
    orgId: 'p',
    orgName: 'Merlion Anti-Scam Police',
    orgKind: 'police',
    kind: 'freeze_account',
    hours: 'always',
  },
  policeAbroad: {
    ...singapore,
    orgId: 'p',
    orgName: 'Merlion Anti-Scam Police',
    orgKind: 'police',
    kind: 'start_igrip',
    hours: OFFICE,
  },
  policeVictim: {
    ...singapore,
    orgId: 'p',
    orgName: 'Merlion Anti-Scam Police',
    orgKind: 'police',
    kind: 'restriction_order',
    hours: OFFICE,
  },
  bank: {
    ...singapore,
    orgId: 'b',
    orgName: 'Kestrel Bank Ltd',
    orgKind: 'bank',
    kind: 'hold_payment',
    hours: 'always',
  },
  bankRecall: {
    ...singapore,
    orgId: 'b',
    orgName: 'Kestrel Bank Ltd',
    orgKind: 'bank',
    kind: 'recall_payment',
    hours: OFFICE,
  },
  otherBank: {
    ...singapore,
    orgId: 'o',
    orgName: 'Banyan Bank',
    orgKind: 'bank',
    kind: 'hold_payment',
    hours: 'always',
  },
  fiu: {
    ...singapore,
    orgId: 'f',
    orgName: 'Lion City FIU',
    orgKind: 'fiu',
    kind: 'fiu_postponement',
    hours: OFFICE,
  },
  thaiPolice: {
    ...base,
    orgId: 't',
    orgName: 'Chao Phraya Police',
    orgKind: 'police',
    kind: 'start_igrip',
    country: 'TH',
    timeZone: 'Asia/Bangkok',
    hours: OFFICE,
  },
  cso: {
    ...base,
    orgId: 'c',
    orgName: 'Harbour House',
    orgKind: 'cso',
    kind: 'take_referral',
    country: 'SG',
    timeZone: 'Asia/Bangkok',
    hours: 'always',
  },
}
const everyone = Object.values(network)

/** Sunday, 23:30 in Singapore: the office is closed until Monday 09:00, which is 01:00 UTC. */
const NIGHT = '2026-03-01T15:30:00Z'
const payment: Payment = {
  victimCountry: 'SG',
  payerCountry: 'SG',
  payeeCountry: null,
  payeeAccount: null,
  payerBank: 'Kestrel Bank',
  channel: 'instant',
  amount: { minor: 4_820_000, currency: 'SGD' },
  equivalents: [],
  paidAt: '2026-03-01T13:00:00Z',
  recallSent: null,
  reportFiled: null,
}
const mule: AccountFact = {
  kind: 'bank_account',
  normal: '0720154321',
  country: 'SG',
  system: 'Kestrel Bank',
}
const act = (facts: AccountFact[], powers = everyone, change: Partial<Payment> = {}, now = NIGHT) =>
  whoCanAct({ facts, powers, rails: RAILS, situation: { ...payment, ...change }, now })
const one = (fact: AccountFact, change: Partial<Payment> = {}, powers = everyone) => {
  const [found] = act([fact], powers, change)
  if (!found) throw new RangeError('the fact is no account')
  return found
}
const names = (actors: readonly Actor[]) => actors.map(({ orgName }) => orgName)
const actor = (actors: readonly Actor[], orgId: string) => {
  const found = actors.find((it) => it.orgId === orgId)
  if (!found) throw new RangeError(`${orgId} is not among ${names(actors).join(', ')}`)
  return found
}
const railOf = (it: Actor, id: string) => it.rails.find(({ railId }) => railId === id)

test('the founding night: Singapore police at 23:30 on a Sunday, open through the police freeze', () => {
  const { actors } = one(mule)
  const [first] = actors
  assert.equal(first?.orgName, 'Merlion Anti-Scam Police')
  assert.equal(first?.standing, 'open')
  assert.equal(first?.canActFrom, '2026-03-01T15:30:00.000Z')
  assert.equal(first?.powers[0]?.localTime.clock, '23:30')
  assert.deepEqual(
    first?.powers.map(({ kind, onDutyFrom }) => [kind, onDutyFrom]),
    [
      ['freeze_account', '2026-03-01T15:30:00.000Z'],
      ['start_igrip', '2026-03-02T01:00:00.000Z'],
    ],
  )
  assert.equal(first?.rails[0]?.railId, 'sg-police-freeze')
  assert.equal(first?.rails[0]?.open, true)
})

test('it says why the other rails are not open through them', () => {
  const police = actor(one(mule).actors, 'p')
  assert.match(railOf(police, 'interpol-igrip')?.why ?? '', /no border was crossed/)
  assert.match(
    railOf(police, 'sending-bank-recall')?.why ?? '',
    /do not hold the power it needs in Singapore/,
  )
  assert.equal(railOf(police, 'fbi-ffkc')?.through, false)
})

test('sorted by who can act soonest: open rails, then what must be asked, closed last', () => {
  // Police and Kestrel can act now, the FIU on Monday; Banyan must first say whether the account is theirs.
  assert.deepEqual(names(one(mule).actors), [
    'Merlion Anti-Scam Police',
    'Kestrel Bank Ltd',
    'Lion City FIU',
    'Banyan Bank',
  ])
})

test('a bank that is not known to keep the account is asked first; the one that keeps it is not', () => {
  const { actors } = one(mule)
  const hold = (orgId: string) => actor(actors, orgId).powers.find(({ kind }) => kind === 'hold_payment')?.ask
  assert.equal(hold('b'), null)
  assert.match(hold('o') ?? '', /is kept at Kestrel Bank: ask whether that is Banyan Bank/)
  const unnamed = one({ kind: 'bank_account', normal: '0720154321', country: 'SG' })
  assert.match(
    actor(unnamed.actors, 'b').powers.find(({ kind }) => kind === 'hold_payment')?.ask ?? '',
    /not known at which bank/,
  )
})

test('a recall is open only through the bank that is known to have sent the payment', () => {
  assert.equal(railOf(actor(one(mule).actors, 'b'), 'sending-bank-recall')?.open, true)
  for (const payerBank of [null, 'Heron Bank']) {
    const asked = railOf(actor(one(mule, { payerBank }).actors, 'b'), 'sending-bank-recall')
    assert.equal(asked?.open, false)
    assert.equal(asked?.standing, 'unknown')
    assert.match(asked?.why ?? '', /ask/)
  }
})

test('an account abroad: police of the victim start I-GRIP once the report is filed, local police are not asked to freeze', () => {
  const thai: AccountFact = { kind: 'bank_account', normal: '1112345678', country: 'TH' }
  const before = one(thai)
  assert.match(railOf(actor(before.actors, 'p'), 'interpol-igrip')?.why ?? '', /Not known: whether the crime/)
  const after = actor(one(thai, { reportFiled: true }).actors, 'p')
  assert.equal(railOf(after, 'interpol-igrip')?.open, true)
  assert.deepEqual(
    after.powers.map(({ kind }) => kind),
    ['start_igrip'],
  )
  assert.equal(after.canActFrom, '2026-03-02T01:00:00.000Z')
  assert.equal(names(before.actors).includes('Chao Phraya Police'), false, 'the victim is not in Thailand')
})

test('the victim’s own account: a restriction order and the recall, but no freeze', () => {
  const own: AccountFact = {
    kind: 'bank_account',
    normal: '0011223344',
    country: 'SG',
    system: 'Kestrel Bank',
    role: 'payer',
  }
  const { actors, rails } = one(own)
  assert.deepEqual(
    rails.map(({ railId }) => railId),
    ['sending-bank-recall'],
  )
  assert.deepEqual(actors.flatMap(({ powers }) => powers.map(({ kind }) => kind)).sort(), [
    'recall_payment',
    'restriction_order',
  ])
})

test('a wallet in no country: nobody there, and no bank is asked to hold it', () => {
  const { actors, rails } = one({ kind: 'crypto_address', normal: 'TXYZ', system: 'TRON' })
  assert.deepEqual(names(actors).sort(), ['Kestrel Bank Ltd', 'Merlion Anti-Scam Police'])
  assert.equal(
    actors.every((it) => it.rails.every(({ open }) => !open)),
    true,
  )
  assert.equal(rails.find(({ railId }) => railId === 'sg-police-freeze')?.open, false)
  const local = one({ kind: 'crypto_address', normal: 'TXYZ', country: 'SG' })
  assert.equal(
    local.actors.some(({ powers }) => powers.some(({ kind }) => kind === 'hold_payment')),
    false,
  )
})

test('an IBAN says its own country', () => {
  const iban: AccountFact = { kind: 'iban', normal: 'GB82WEST12345698765432', country: null }
  const igrip = one(iban, { reportFiled: true }).rails.find(({ railId }) => railId === 'interpol-igrip')
  assert.equal(igrip?.open, true)
})

test('each account stands by itself; other facts are passed over', () => {
  const found = act([
    { kind: 'phone', normal: '+6591234567' },
    mule,
    { kind: 'iban', normal: 'GB82WEST12345698765432', country: 'GB' },
  ])
  assert.deepEqual(
    found.map(({ account }) => account.normal),
    ['0720154321', 'GB82WEST12345698765432'],
  )
  assert.equal(actor(found[0]?.actors ?? [], 'p').rails[0]?.railId, 'sg-police-freeze')
  assert.match(
    railOf(actor(found[1]?.actors ?? [], 'p'), 'sg-police-freeze')?.why ?? '',
    /do not hold the power/,
  )
})

test('a rail that nobody in the network can start is still told, with no starters', () => {
  const ffkc = one(mule).rails.find(({ railId }) => railId === 'fbi-ffkc')
  assert.deepEqual(ffkc?.starters, [])
  assert.equal(ffkc?.standing, 'closed')
})

test('local hours follow summer time', () => {
  const london: Power = {
    ...base,
    orgId: 'l',
    orgName: 'Fleet Police',
    orgKind: 'police',
    kind: 'freeze_account',
    country: 'GB',
    timeZone: 'Europe/London',
    hours: OFFICE,
  }
  const account: AccountFact = { kind: 'iban', normal: 'GB82WEST12345698765432', country: 'GB' }
  const from = (now: string) => act([account], [london], {}, now)[0]?.actors[0]?.canActFrom
  assert.equal(from('2026-03-27T19:00:00Z'), '2026-03-30T08:00:00.000Z')
  assert.equal(from('2026-03-20T19:00:00Z'), '2026-03-23T09:00:00.000Z')
})

const zones = ['Asia/Singapore', 'Europe/London', 'America/New_York']
const NOW = Date.parse(NIGHT)
const nearby = fc.integer({ min: -3, max: 3 }).map((days) => new Date(NOW + days * 86_400_000))
const power: fc.Arbitrary<Power> = fc
  .record({
    org: fc.integer({ min: 0, max: 5 }),
    kind: fc.constantFrom(...POWER_KINDS),
    country: fc.constantFrom('SG', 'TH', 'US'),
    until: fc.option(
      nearby.map((it) => it.toISOString().slice(0, 10)),
      { nil: null },
    ),
    leftAt: fc.option(
      nearby.map((it) => it.toISOString()),
      { nil: null },
    ),
    timeZone: fc.constantFrom(...zones),
    hours: fc.constantFrom('always' as const, OFFICE, [{ days: [7, 1], from: '22:00', to: '06:00' }]),
  })
  .map(({ org, ...rest }) => ({
    ...base,
    ...rest,
    orgId: `org-${org}`,
    orgName: ['Kestrel Bank', 'Banyan Bank', 'Police A', 'Police A', 'FIU', 'House'][org] ?? '',
    orgKind: ORG_KINDS[org] ?? 'network',
  }))
const powers = fc.array(power, { maxLength: 12 })
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null })
const where = maybe(fc.constantFrom('SG', 'TH', 'US'))
const change: fc.Arbitrary<Partial<Payment>> = fc.record(
  {
    victimCountry: where,
    payerCountry: where,
    payeeCountry: where,
    payerBank: maybe(fc.constantFrom('Kestrel Bank', 'Banyan Bank')),
    channel: maybe(fc.constantFrom('wire', 'instant', 'crypto')),
    amount: fc.constantFrom(
      null,
      { minor: 6_000_000, currency: 'USD' },
      { minor: 6_000_000, currency: 'SGD' },
    ),
    recallSent: maybe(fc.boolean()),
    reportFiled: maybe(fc.boolean()),
  },
  { requiredKeys: [] },
)
const account: fc.Arbitrary<AccountFact> = fc
  .record({
    kind: fc.constantFrom('bank_account' as const, 'crypto_address' as const, 'payment_ref' as const),
    country: where,
    system: maybe(fc.constantFrom('Kestrel Bank', 'Banyan Bank Ltd')),
    role: maybe(fc.constantFrom('payer' as const, 'payee' as const)),
  })
  .map(({ kind, country, system, role }) => ({
    kind,
    normal: '123',
    ...(country && { country }),
    ...(system && { system }),
    ...(role && { role }),
  }))

test('an expired power, or one of an organisation that has left, never appears', () => {
  let gone = 0
  fc.assert(
    fc.property(powers, change, account, (held, it, fact) => {
      const living = held.filter((one) => inForce(one, new Date(NIGHT)))
      gone += held.length - living.length
      assert.deepEqual(act([fact], held, it), act([fact], living, it))
      for (const { orgId, powers: shown } of act([fact], held, it)[0]?.actors ?? [])
        for (const { kind, country } of shown)
          assert.ok(living.some((one) => one.orgId === orgId && one.kind === kind && one.country === country))
    }),
  )
  assert.ok(gone > 50, 'too few powers were over to prove anything')
})

/** Powers that hold now and that start some rail, so that rails do open. */
const starters = fc.array(
  fc
    .tuple(power, fc.constantFrom(...RAILS.flatMap(({ startedBy }) => startedBy.powers)))
    .map(([it, kind]) => ({ ...it, kind, until: null, leftAt: null })),
  { minLength: 4, maxLength: 12 },
)

test('a rail is open through someone only if it is open by its own conditions and they hold its power there', () => {
  let opened = 0
  fc.assert(
    fc.property(starters, change, account, (held, it, fact) => {
      const seen = { ...payment, ...it, now: NIGHT }
      const kind = {
        bank_account: 'bank_account',
        crypto_address: 'wallet',
        payment_ref: 'payment_ref',
      } as const
      const own =
        fact.role === 'payer'
          ? { ...seen, payerCountry: fact.country ?? seen.payerCountry }
          : {
              ...seen,
              payeeCountry: fact.country ?? seen.payeeCountry,
              payeeAccount: kind[fact.kind as keyof typeof kind],
            }
      for (const { orgId, rails } of act([fact], held, it)[0]?.actors ?? [])
        for (const { railId, open } of rails.filter((one) => one.open)) {
          const rail = RAILS.find(({ id }) => id === railId)
          assert.ok(rail && open && checkRail(rail, own).open)
          const place = own[`${rail.startedBy.inCountryOf}Country`]
          const right = held.find(
            (one) => one.orgId === orgId && rail.startedBy.powers.includes(one.kind) && one.country === place,
          )
          assert.ok(right, `${orgId} does not hold the power of ${railId} in ${place}`)
          opened++
        }
    }),
    { numRuns: 500 },
  )
  assert.ok(opened > 20, `only ${opened} rails were open: the test would prove little`)
})

test('the order is by standing, then by the hour, and does not depend on the order of what was given', () => {
  fc.assert(
    fc.property(
      powers.chain((held) =>
        fc.tuple(fc.constant(held), fc.shuffledSubarray(held, { minLength: held.length })),
      ),
      change,
      account,
      ([held, shuffled], it, fact) => {
        const actors = act([fact], held, it)[0]?.actors ?? []
        const again = act([fact], shuffled, it)[0]?.actors ?? []
        assert.deepEqual(
          again.map(({ orgId }) => orgId),
          actors.map(({ orgId }) => orgId),
        )
        const rank = { open: 0, unknown: 1, closed: 2 }
        const keys = actors.map(({ standing, canActFrom }) => `${rank[standing]} ${canActFrom}`)
        assert.deepEqual(keys, keys.toSorted())
        for (const { standing, rails, powers: theirs } of actors) {
          const through = rails.filter((one) => one.through).map((one) => one.standing)
          const alone = theirs
            .filter(({ direct }) => direct)
            .map(({ ask }) => (ask === null ? 'open' : 'unknown'))
          const best = [...through, ...alone].toSorted((a, b) => rank[a] - rank[b])[0]
          assert.equal(standing, best)
        }
      },
    ),
    { numRuns: 300 },
  )
})
