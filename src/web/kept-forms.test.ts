import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetAllKept } from './kept-forms.ts'

test('what was typed and kept is forgotten, each form of it; what others keep in the tab stays', () => {
  const kept = new Map([
    ['firebreak kept order a', '{}'],
    ['firebreak trip', '{}'],
    ['firebreak kept answer b', '{}'],
    ['firebreak kept proposal c', '{}'],
    ['another page', '{}'],
  ])
  const storage = {
    get length() {
      return kept.size
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    removeItem: (place: string) => kept.delete(place),
  }
  forgetAllKept(storage as unknown as Storage)
  assert.deepEqual([...kept.keys()], ['firebreak trip', 'another page'])
})
