import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClaimedHolders } from '../seal/chain.ts'
import { forgetNewest, onlyNewer } from './newest-key.ts'

function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  } as Storage
}

/** An answer in which the organisation's statement and those of some members stand at these places. */
function claimed(org: number | null, members: Record<string, number | null>): ClaimedHolders {
  const inclusion = (index: number | null) => (index === null ? null : { entry: '{}', index, proof: [] })
  return {
    root: null,
    checkpoint: null,
    org: org === null ? null : { statement: {} as never, inclusion: inclusion(org) },
    holders: Object.entries(members).map(([memberId, index]) => ({
      ...{ memberId, recipient: 'age1x', statement: null },
      inclusion: inclusion(index),
    })),
  }
}

test('a key that was exchanged does not come back to a browser that has seen the newer one', () => {
  const store = memory()
  onlyNewer('org', claimed(2, { ann: 5, ben: 7 }), store)
  onlyNewer('org', claimed(2, { ann: 5, ben: 7 }), store)
  onlyNewer('org', claimed(2, { ann: 9, ben: 7 }), store)
  assert.throws(() => onlyNewer('org', claimed(2, { ann: 5, ben: 7 }), store), {
    code: 'forbidden',
    message: /an older key of ann/,
  })
  assert.throws(() => onlyNewer('org', claimed(1, { ann: 9 }), store), /an older key of org/)
  onlyNewer('org', claimed(2, { ann: 9, ben: null }), store)
  onlyNewer('other', claimed(0, { cem: 0 }), store)
})

test('what an older answer says beside a refused key is not remembered; who starts anew forgets', () => {
  const store = memory()
  onlyNewer('org', claimed(2, { ann: 9 }), store)
  assert.throws(() => onlyNewer('org', claimed(2, { ann: 5, ben: 50 }), store))
  onlyNewer('org', claimed(2, { ann: 9, ben: 7 }), store)
  forgetNewest(store)
  onlyNewer('org', claimed(1, { ann: 5 }), store)
})

test('memory that is damaged is no memory, and breaks nothing', () => {
  for (const text of ['{', '[]', 'null', '"x"', '{"ann":"9"}', '{"ann":1e999}']) {
    const store = memory()
    store.setItem('firebreak-newest-keys', text)
    onlyNewer('org', claimed(1, { ann: 5 }), store)
  }
})
