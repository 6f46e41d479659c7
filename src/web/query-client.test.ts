import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryObserver } from '@tanstack/react-query'
import { HouseClient } from './query-client.ts'

/** A question whose answers are given by hand, each to the asking of its number. */
function question(client: HouseClient) {
  const asked: ((answer: string) => void)[] = []
  const queryFn = () => new Promise<string>((answer) => asked.push(answer))
  const options = {
    queryKey: ['drafts'],
    queryFn,
    staleTime: 20_000,
    retry: false,
    networkMode: 'always',
  } as const
  const observe = () => new QueryObserver(client, options).subscribe(() => {})
  const shown = () => client.getQueryData(options.queryKey)
  return { asked, options, observe, shown }
}

test('news that comes while a page asks for the first time is in what it shows', async () => {
  const client = new HouseClient()
  const { asked, observe, shown } = question(client)
  const leave = observe()
  assert.equal(asked.length, 1)
  const looked = client.invalidateQueries({ queryKey: ['drafts'] })
  asked[0]?.('before the act')
  assert.equal(asked.length, 2, 'it is asked again')
  asked[1]?.('after the act')
  await looked
  assert.equal(shown(), 'after the act')
  leave()
  client.clear()
})

test('whoever waits for a first answer gets the one from after the news', async () => {
  const client = new HouseClient()
  const { asked, options } = question(client)
  const waiting = client.ensureQueryData(options)
  void client.invalidateQueries()
  asked[0]?.('before the act')
  asked[1]?.('after the act')
  assert.equal(await waiting, 'after the act')
  client.clear()
})

test('what a page asked that was left meanwhile does not count as fresh', async () => {
  const client = new HouseClient()
  const { asked, observe, shown } = question(client)
  client.setQueryData(['drafts'], 'of long ago', { updatedAt: 1 })
  observe()()
  void client.invalidateQueries({ queryKey: ['drafts'] })
  asked[0]?.('before the act')
  asked[1]?.('after the act')
  await new Promise(setImmediate)
  assert.equal(shown(), 'after the act')
  client.clear()
})

test('what nobody asks is only asked when it is looked at', async () => {
  const client = new HouseClient()
  const { asked } = question(client)
  client.setQueryData(['drafts'], 'known')
  await client.invalidateQueries({ queryKey: ['drafts'] })
  assert.equal(asked.length, 0)
  client.clear()
})
