import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

/** What a stream of this person says first, up to these words. */
async function heard(by: Person, query: string, until: string): Promise<string> {
  const stop = new AbortController()
  const { body } = await house.built.app.request(`/api/live${query}`, {
    headers: { host: 'localhost:8080', cookie: `firebreak-on-this-computer=${by.token}` },
    signal: stop.signal,
  })
  assert.ok(body)
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let said = ''
  while (!said.includes(until)) {
    const { value, done } = await reader.read()
    assert.ok(!done, `it ended after: ${said}`)
    said += value
  }
  await reader.cancel()
  stop.abort()
  return said
}

test('news between a page’s first question and its stream is told when the stream opens, to those whom it concerns', async () => {
  const { arunee, weiling, linh } = house.people
  const report = await filedReport(arunee)
  const began = Date.now()
  const listening = heard(weiling, '', 'event: look')
  const body = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  await ok(arunee.ask('POST', '/api/requests', { body }))
  await listening
  assert.match(
    await heard(weiling, `?since=${began}`, ': here'),
    new RegExp(`event: look\\ndata: .*${body.id}`),
  )
  assert.doesNotMatch(await heard(weiling, `?since=${Date.now() + 1_000}`, ': here'), /event/)
  assert.doesNotMatch(await heard(weiling, '', ': here'), /event/)
  assert.doesNotMatch(await heard(linh, `?since=${began}`, ': here'), /event/)
})

test('who asks for news of longer ago than is remembered looks at everything again; what is no moment is none', async () => {
  const { weiling } = house.people
  assert.match(await heard(weiling, `?since=${Date.now() - 3_600_000}`, ': here'), /event: again/)
  for (const odd of ['-1', 'yesterday', '9'.repeat(40), '%00'])
    assert.doesNotMatch(await heard(weiling, `?since=${odd}`, ': here'), /event/)
})
