import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cssOnly, ownWorkerOnly } from './trusted.ts'

const HERE = 'https://firebreak.example/reports/new'

test('text of style sheets passes, markup never does', () => {
  assert.equal(
    cssOnly(':root{--a:#fff}@media (max-width: 40em){.x{color:red}}'),
    ':root{--a:#fff}@media (max-width: 40em){.x{color:red}}',
  )
  for (const bad of ['<img src=x onerror=alert(1)>', 'a</style><script>', '<'])
    assert.throws(() => cssOnly(bad), TypeError)
})

test('a worker of this program passes', () => {
  const own = 'https://firebreak.example/assets/kdf.worker-CPrAI4Pu.js'
  assert.equal(ownWorkerOnly(own, HERE), own)
  assert.equal(ownWorkerOnly('/assets/read.worker-a_B-9.js', HERE), '/assets/read.worker-a_B-9.js')
})

for (const bad of [
  'https://elsewhere.example/assets/kdf.worker-CPrAI4Pu.js',
  'data:text/javascript,alert(1)',
  'blob:https://firebreak.example/1234',
  '/assets/index-C1TmdliF.js',
  '/assets/../api/kdf.worker-CPrAI4Pu.js',
  '/assets/kdf.worker-x.js/../../evil.js',
  'javascript:alert(1)',
])
  test(`a script elsewhere is refused: ${bad}`, () =>
    assert.throws(() => ownWorkerOnly(bad, HERE), TypeError))
