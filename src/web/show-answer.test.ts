import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { QueryObserver } from '@tanstack/react-query'
import type { api } from './api.ts'
import { noteAsked } from './asked-at.ts'
import { queries, queryClient, showAnswer } from './queries.ts'

const { queryKey } = queries.sessions()
type SessionList = Awaited<ReturnType<typeof api.sessions>>
const answered = (id: string) => ({ sessions: [{ id }] }) as unknown as SessionList

/** Each asking is answered by hand. */
const asked: ((answer: SessionList) => void)[] = []
function watch(): () => SessionList | undefined {
  const queryFn = () => new Promise<SessionList>((answer) => asked.push(answer))
  const observer = new QueryObserver(queryClient, {
    ...queries.sessions(),
    queryFn,
    gcTime: Number.POSITIVE_INFINITY, // nothing waits to be forgotten when the test is over
  })
  leave = observer.subscribe(() => {})
  return () => queryClient.getQueryData(queryKey)
}
let leave = () => {}
afterEach(() => {
  leave()
  queryClient.clear()
  asked.length = 0
})

test('an answer from before the act does not come over what the act answered', async () => {
  const shown = watch()
  const act = noteAsked(answered('mine'), Date.now())
  await showAnswer(queryKey, act)
  assert.deepEqual(shown(), act)
  asked[0]?.(answered('before'))
  await new Promise(setImmediate)
  assert.deepEqual(shown(), act)
})

test('news that was being asked for when the act was answered is asked for again', async () => {
  const shown = watch()
  asked[0]?.(answered('before'))
  await new Promise(setImmediate)
  const began = Date.now() + 1
  void queryClient.invalidateQueries({ queryKey })
  await showAnswer(queryKey, noteAsked(answered('mine'), began))
  asked.at(-1)?.(answered('mine, and then theirs'))
  await new Promise(setImmediate)
  assert.deepEqual(shown(), answered('mine, and then theirs'))
})

test('an act that is answered after newer news was shown does not take it back for long', async () => {
  const shown = watch()
  const began = Date.now()
  asked[0]?.(answered('mine, and then theirs'))
  await new Promise(setImmediate)
  await showAnswer(queryKey, noteAsked(answered('mine'), began))
  assert.equal(asked.length, 2, 'it is asked again')
  asked[1]?.(answered('mine, and then theirs'))
  await new Promise(setImmediate)
  assert.deepEqual(shown(), answered('mine, and then theirs'))
})

test('an act on what nothing else is asked about asks nothing more', async () => {
  watch()
  asked[0]?.(answered('before'))
  await new Promise(setImmediate)
  await showAnswer(queryKey, noteAsked(answered('mine'), Date.now() + 1))
  assert.equal(asked.length, 1)
})
