import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Device, newDevice, registered, signedBy, type Wrong } from '../../test/authenticator.ts'
import { asAdmin } from '../../test/database.ts'
import { ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { type Challenge, givePasskey } from '../../test/passkeys.ts'
import { newId } from '../core/ids.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { invite } from './invites.ts'

// T9: everything that may be wrong with a passkey's answer, one thing at a time, on an answer that is otherwise right.

let house: TestHouse
let nobody: ReturnType<typeof asker>
let device: Device
before(async () => {
  house = await testHouse()
  nobody = asker(house.built, null)
  device = await givePasskey(house, house.people.arunee.member)
})
after(() => house.close())

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const flip = (at: number) => (right: Buffer) => {
  const wrong = Buffer.from(right)
  wrong.writeUInt8(wrong.readUInt8(at) ^ 1, at)
  return wrong
}
const handle = (member: string) => Buffer.from(member).toString('base64url')

/** What can be wrong with either kind of answer. */
const BOTH: Record<string, Wrong> = {
  'another origin': { origin: 'http://elsewhere.example' },
  'another port of the origin': { origin: 'http://localhost:8081' },
  'https instead of http': { origin: 'https://localhost:8080' },
  'a name that begins alike': { origin: 'http://localhost:8080.elsewhere.example' },
  'a name below ours': { origin: 'http://evil.localhost:8080' },
  'the origin null': { origin: 'null' },
  'an empty origin': { origin: '' },
  'another relying party': { rpId: 'elsewhere.example' },
  'a relying party above ours': { rpId: 'host' },
  'an empty relying party': { rpId: '' },
  'another challenge': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  'an empty challenge': { challenge: '' },
  'nobody was there (UP)': { flags: 0x44 },
  'nobody was checked (UV)': { flags: 0x41 },
  neither: { flags: 0x40 },
  'a frame of another site': { crossOrigin: true },
  'a page around it that is named': { crossOrigin: true, topOrigin: 'http://elsewhere.example' },
  'a page around it, without saying that it is another': { topOrigin: 'http://localhost:8080' },
  'client data that is no JSON': { clientData: Buffer.from('{"type":') },
  'client data that is a list': { clientData: Buffer.from('[]') },
  'client data that is null': { clientData: Buffer.from('null') },
  'empty client data': { clientData: Buffer.alloc(0) },
  'no authenticator data': { authData: () => Buffer.alloc(0) },
  'half of the authenticator data': { authData: (right) => right.subarray(0, 20) },
  'authenticator data that goes on': { authData: (right) => Buffer.concat([right, Buffer.from([0xff])]) },
  'a flag for extensions, and none there': {
    authData: (right) => {
      const wrong = Buffer.from(right)
      wrong.writeUInt8(wrong.readUInt8(32) | 0x80, 32)
      return wrong
    },
  },
}

const SIGNING: Record<string, Wrong> = {
  'made as for a new passkey': { type: 'webauthn.create' },
  'another type': { type: 'payment.get' },
  'signed by another key': { signedBy: stranger },
  'a signature with one bit changed': { signature: flip(20) },
  'half a signature': { signature: (right) => right.subarray(0, right.length / 2) },
  'no signature': { signature: () => Buffer.alloc(0) },
  'a signature that is not DER': { signature: () => Buffer.alloc(70, 0x30) },
  'r and s of zero': { signature: () => Buffer.from([0x30, 6, 2, 1, 0, 2, 1, 0]) },
  'a passkey that nobody has': { credentialId: Buffer.alloc(32, 9).toString('base64url') },
  'an empty credential': { credentialId: '' },
  'a credential that is no base64url': { credentialId: '***' },
  'the counter stood still': { counter: 5 },
  'the counter went back': { counter: 4 },
  'the counter went back to zero': { counter: 0 },
  'another person’s handle': { userHandle: handle('somebody-else') },
  'an empty handle': { userHandle: ' ' },
}

const cbor = (...bytes: number[]) => Buffer.from(bytes)
const MAKING: Record<string, Wrong> = {
  'made as for signing in': { type: 'webauthn.get' },
  'a key of an unknown algorithm': {
    cose: Buffer.concat([cbor(0xa5, 1, 2, 3, 0x38, 0xff), cbor(0x20, 1, 0x21, 0x41, 0, 0x22, 0x41, 0)]),
  },
  'a key without an algorithm': { cose: cbor(0xa1, 1, 2) },
  'a key of an unknown kind': { cose: cbor(0xa2, 1, 9, 3, 0x26) },
  'a point that is not on the curve': {
    cose: Buffer.concat([
      cbor(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20),
      Buffer.alloc(32, 1),
      cbor(0x22, 0x58, 0x20),
      Buffer.alloc(32, 2),
    ]),
  },
  'a key that is no map': { cose: cbor(0x01) },
  'no key': { cose: Buffer.alloc(0) },
  'no attested data': { flags: 0x05 },
  'an attestation that is no CBOR': { attestation: () => cbor(0xff, 0xff, 0xff) },
  'an empty attestation': { attestation: () => Buffer.alloc(0) },
  'half an attestation': { attestation: (right) => right.subarray(0, right.length / 2) },
  'an attestation of an unknown form': {
    attestation: (right) => Buffer.from(right.toString('latin1').replace('none', 'nope'), 'latin1'),
  },
  'an attestation that says none and has a statement': {
    attestation: (right) => {
      const at = right.indexOf(0xa0, right.indexOf('attStmt'))
      return Buffer.concat([right.subarray(0, at), cbor(0xa1, 0x61, 0x78, 0x01), right.subarray(at + 1)])
    },
  },
  'CBOR nested a thousand deep': { attestation: () => Buffer.alloc(1_000, 0x81) },
  'CBOR that claims four billion entries': { attestation: () => cbor(0xba, 0xff, 0xff, 0xff, 0xff) },
  'a credential of another length than it says': {
    authData: (right) => {
      const wrong = Buffer.from(right)
      wrong.writeUInt16BE(0xffff, 53)
      return wrong
    },
  },
}

const challengeToSignIn = () => ok<Challenge>(nobody('POST', '/api/signin/passkey/options'))
const signInWith = (challengeId: string, response: unknown) =>
  nobody<{ message: string }>('POST', '/api/signin/passkey', { body: { challengeId, response } })

test('there are at least forty of them, and the right answer is accepted', async () => {
  const all = [BOTH, BOTH, SIGNING, MAKING].flatMap((it) => Object.keys(it))
  assert.ok(all.length >= 60, String(all.length))
  const { challengeId, options } = await challengeToSignIn()
  const userHandle = handle(house.people.arunee.member)
  const response = signedBy(device, options.challenge, { counter: 5, userHandle })
  assert.equal((await signInWith(challengeId, response)).status, 200)
})

for (const [what, wrong] of Object.entries({ ...BOTH, ...SIGNING })) {
  test(`T9, signing in: ${what}`, async () => {
    const { challengeId, options } = await challengeToSignIn()
    const flags = wrong.flags === undefined ? {} : { flags: wrong.flags & ~0x40 }
    const response = signedBy(device, options.challenge, { counter: 100, ...wrong, ...flags })
    const answer = await signInWith(challengeId, response)
    assert.equal(answer.status, 401, JSON.stringify(answer.body))
    assert.equal(answer.headers.get('set-cookie'), null)
    assert.deepEqual(answer.body, {
      code: 'unauthenticated',
      message: 'this passkey was not accepted; try again',
    })
  })
}

test('T9, signing in: a challenge that was used, one that is too old, one of nobody, one of another passkey’s making', async () => {
  const used = await challengeToSignIn()
  const right = () => signedBy(device, used.options.challenge, { counter: 200 })
  assert.equal((await signInWith(used.challengeId, right())).status, 200)
  assert.equal((await signInWith(used.challengeId, right())).status, 401, 'replayed')
  const old = await challengeToSignIn()
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.challenge set expires_at = now() where id = $1', [old.challengeId]),
  )
  const tooLate = signedBy(device, old.options.challenge, { counter: 300 })
  assert.equal((await signInWith(old.challengeId, tooLate)).status, 401)
  assert.equal((await signInWith(newId(), tooLate)).status, 401)
  const [one, other] = [await challengeToSignIn(), await challengeToSignIn()]
  const crossed = signedBy(device, one.options.challenge, { counter: 301 })
  assert.equal((await signInWith(other.challengeId, crossed)).status, 401)
  const { challengeId, options } = await invited()
  const registration = signedBy(device, options.challenge, { counter: 302 })
  assert.equal((await signInWith(challengeId, registration)).status, 401)
})

test('T9: the same challenge in two requests at once signs in once', async () => {
  const { challengeId, options } = await challengeToSignIn()
  const response = signedBy(device, options.challenge, { counter: 400 })
  const answers = await Promise.all([1, 2, 3].map(() => signInWith(challengeId, response)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
})

interface Invited extends Challenge {
  readonly token: string
  readonly memberId: string
}

async function invited(): Promise<Invited> {
  const email = `${newId()}@test.example`
  const { token } = await house.store.as({ system: 'setup' }, (db) =>
    invite(db, { orgId: house.people.arunee.org, email, role: 'caseworker' }),
  )
  const memberId = newId()
  const made = await ok<Challenge>(
    nobody('POST', '/api/invites/passkey/options', { body: { token, memberId } }),
  )
  return { ...made, token, memberId }
}

async function joinWith({ token, memberId, challengeId }: Invited, response: unknown) {
  const { recipient } = await newMemberKey()
  const wrap = (kind: string) => ({ id: newId(), kind, credentialId: null, wrapped: 'x' })
  const body = {
    ...{ token, memberId, name: 'Newcomer', recipient, password: null },
    wraps: [wrap('passkey'), wrap('recovery')],
    passkey: { challengeId, response },
  }
  return nobody<{ message: string }>('POST', '/api/invites/accept', { body })
}

test('a passkey that is made rightly joins; the same one again does not', async () => {
  const [first, second] = [await invited(), await invited()]
  const own = newDevice()
  const joined = await joinWith(first, registered(own, first.options.challenge))
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  assert.notEqual((await joinWith(second, registered(own, second.options.challenge))).status, 200)
})

for (const [what, wrong] of Object.entries({ ...BOTH, ...MAKING })) {
  test(`T9, making a passkey: ${what}`, async () => {
    const it = await invited()
    const answer = await joinWith(it, registered(newDevice(), it.options.challenge, wrong))
    assert.equal(answer.status, 401, JSON.stringify(answer.body))
    const there = await house.store.as({ system: 'setup' }, (db) =>
      db.selectFrom('member').select('id').where('id', '=', it.memberId).execute(),
    )
    assert.deepEqual(there, [], 'nobody has joined')
  })
}
