import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Saving } from './draft.ts'
import { nameOf, type SaveSteps, saveReport } from './saving.ts'

/** A server that remembers, a network that fails at a chosen step, before or after the server did its part. */
function world() {
  const reports = new Map<string, string>()
  const sealed: string[] = []
  let kept: Saving = { reportId: newId(), sealed: null, reported: false }
  let fail: 'none' | 'seal' | 'file, unheard' | 'file, answer lost' | 'keep' = 'none'
  const away = () => {
    throw new HouseError('unavailable', 'the server cannot be reached')
  }
  const steps: SaveSteps = {
    async seal() {
      if (fail === 'seal') away()
      sealed.push(newId())
      return sealed.at(-1) ?? ''
    },
    isThere: async (id) => reports.has(id),
    async file({ reportId, sealedId }) {
      if (fail === 'file, unheard') away()
      if (reports.has(reportId)) throw new HouseError('conflict', 'there already')
      reports.set(reportId, sealedId)
      if (fail === 'file, answer lost') away()
    },
    async keep(saving) {
      if (fail === 'keep' && saving.reported) away()
      kept = saving
    },
  }
  return {
    reports,
    sealed,
    kept: () => kept,
    save: (of = 'a', how: typeof fail = 'none') => {
      fail = how
      return saveReport(kept, of, steps)
    },
  }
}

for (const how of ['seal', 'file, unheard', 'file, answer lost', 'keep'] as const)
  test(`a failure (${how}) and another try make one report, sealed once`, async () => {
    const it = world()
    await assert.rejects(it.save('a', how), { code: 'unavailable' })
    assert.equal((await it.save('a')).reported, true)
    assert.equal(it.reports.size, 1)
    assert.equal(it.sealed.length, 1)
    assert.deepEqual([...it.reports.values()], it.sealed)
    await it.save('a')
    assert.equal(it.reports.size, 1)
  })

test('what was changed after a failure is sealed anew, and the old record is not filed', async () => {
  const it = world()
  await assert.rejects(it.save('a', 'file, unheard'))
  await it.save('b')
  assert.equal(it.sealed.length, 2)
  assert.deepEqual([...it.reports.values()], [it.sealed[1]])
})

test('what was changed after the report had arrived unheard is never said to be in it', async () => {
  const it = world()
  await assert.rejects(it.save('a', 'file, answer lost'))
  await assert.rejects(it.save('b'), { code: 'conflict', message: /this draft alone/ })
  assert.equal((await it.save('a')).reported, true)
})

test("somebody else's report of the same id is an error, not a success", async () => {
  const it = world()
  const stranger: SaveSteps = {
    seal: async () => newId(),
    isThere: async () => false,
    file: async () => {
      throw new HouseError('conflict', 'there already')
    },
    keep: async () => undefined,
  }
  await assert.rejects(saveReport(it.kept(), 'a', stranger), { code: 'conflict' })
})

test('content has one name', async () => {
  assert.equal(await nameOf({ text: 'a' }), await nameOf({ text: 'a' }))
  assert.notEqual(await nameOf({ text: 'a' }), await nameOf({ text: 'b' }))
})
