import assert from 'node:assert/strict'
import { test } from 'node:test'
import { giveGroupKey, type HeldKey, makeGroupKey, type SeatWrap, sealToGroup } from './group-key.ts'
import { importMemberKey, newMemberKey } from './member-key.ts'
import { openJson, sealJson, unwrapKey } from './record.ts'
import { isVouched, voucherFor } from './voucher.ts'

const [steward, sender, reader, later] = await Promise.all(Array.from({ length: 4 }, newMemberKey))
type Key = Awaited<ReturnType<typeof newMemberKey>>
const seat = (memberId: string, it: Key | undefined) => ({ memberId, recipient: it?.recipient ?? '' })
const made = await makeGroupKey({ group: 'g', version: 1 }, steward?.identity ?? '', [
  seat('steward', steward),
  seat('sender', sender),
  seat('reader', reader),
])
const wrapOf = (id: string): SeatWrap => made.wraps.find(({ memberId }) => memberId === id) as SeatWrap
const held = (id: string, giver = steward): HeldKey => ({
  ...{ group: 'g', version: 1, holder: id, recipient: made.recipient, giver: giver?.recipient ?? '' },
  ...{ wrapped: wrapOf(id).wrapped, voucher: wrapOf(id).voucher },
})
const record = await sealJson({ v: 1, text: 'a story' }, [seat('sender', sender)])
const own = record.wraps[0]?.wrapped ?? ''

test('sealed to the group once: whoever holds its key opens it, who came later too, who holds another does not', async () => {
  const wrapped = await sealToGroup(own, held('sender'), await importMemberKey(sender?.identity ?? ''))
  const open = async (seatWrap: string, key: string) =>
    openJson(record.ciphertext, wrapped, await unwrapKey(seatWrap, key))
  assert.deepEqual(await open(wrapOf('reader').wrapped, reader?.identity ?? ''), { v: 1, text: 'a story' })
  const it = { group: 'g', version: 1, wrapped: wrapOf('reader').wrapped }
  const [given] = await giveGroupKey(it, reader?.identity ?? '', [seat('later', later)])
  assert.deepEqual(await open(given?.wrapped ?? '', later?.identity ?? ''), { v: 1, text: 'a story' })
  const next = await makeGroupKey({ group: 'g', version: 2 }, steward?.identity ?? '', [seat('later', later)])
  await assert.rejects(open(next.wraps[0]?.wrapped ?? '', later?.identity ?? ''), /could not be opened/)
})

test('one wrap has one size, however many sit there', async () => {
  const sizes = new Set<number>()
  for (const seats of [1, 2, 40]) {
    const all = Array.from({ length: seats }, (_, i) => seat(i === 0 ? 'sender' : `m${i}`, sender))
    const key = await makeGroupKey({ group: 'g', version: 1 }, steward?.identity ?? '', all)
    const { wrapped, voucher } = key.wraps[0] as SeatWrap
    const it = { ...held('sender'), recipient: key.recipient, wrapped, voucher }
    sizes.add((await sealToGroup(own, it, sender?.identity ?? '')).length)
  }
  assert.equal(sizes.size, 1)
})

test('a server that makes a group key of its own and seals it to everybody is found before anything is sealed', async () => {
  const evil = await newMemberKey()
  const forged = await makeGroupKey({ group: 'g', version: 1 }, evil.identity, [seat('sender', sender)])
  const { wrapped, voucher } = forged.wraps[0] as SeatWrap
  const swapped = { ...held('sender'), recipient: forged.recipient, wrapped, voucher }
  const mine = sender?.identity ?? ''
  await assert.rejects(sealToGroup(own, swapped, mine), { code: 'forbidden', message: /may be lying/ })
  // the true wrap beside another public half; an older version, another group, another holder's voucher
  const lies: Partial<HeldKey>[] = [
    { recipient: forged.recipient },
    { version: 2 },
    { group: 'h' },
    { voucher: wrapOf('reader').voucher },
    { voucher: '' },
    { giver: evil.recipient },
  ]
  for (const lie of lies)
    await assert.rejects(sealToGroup(own, { ...held('sender'), ...lie }, mine), { code: 'forbidden' })
})

test('a voucher is the same from both sides, and of no use to anybody else', async () => {
  const it = { group: 'g', version: 1, recipient: made.recipient, holder: 'sender' }
  const given = await voucherFor(it, steward?.identity ?? '', sender?.recipient ?? '')
  assert.equal(given, await voucherFor(it, sender?.identity ?? '', steward?.recipient ?? ''))
  assert.equal(given, wrapOf('sender').voucher)
  const by = { own: reader?.identity ?? '', giver: steward?.recipient ?? '' }
  assert.equal(await isVouched(it, given, by), false)
  await assert.rejects(voucherFor(it, steward?.identity ?? '', 'age1nonsense'), { code: 'invalid' })
})
