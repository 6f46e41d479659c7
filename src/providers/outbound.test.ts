import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testProvider } from '../../test/provider.ts'
import { HouseError } from '../core/errors.ts'
import { checkedUrl, guardedFetch, mayReach } from './outbound.ts'

// T24 for the one place where the house goes out.

const PUBLIC = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1']
const SPECIAL = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...[
    '172.31.255.255',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
  ],
  ...['203.0.113.9', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '100::1', 'fc00::1', 'fd12::1'],
  ...['fe80::1', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:0a00:0001::', '3fff::1', '4000::1'],
]

test('only addresses of the public internet are reached', () => {
  for (const address of PUBLIC) assert.ok(mayReach(address, false), address)
  for (const address of SPECIAL) assert.ok(!mayReach(address, false), address)
  for (const word of ['', 'localhost', 'example.org', '1', '0x7f000001'])
    assert.ok(!mayReach(word, true), word)
})

test('a host that was named may be inside an office or on this computer, and never link-local', () => {
  for (const address of [
    '10.1.2.3',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '::1',
    'fd12::1',
  ])
    assert.ok(mayReach(address, true), address)
  for (const address of ['169.254.169.254', 'fe80::1', '224.0.0.1', '0.0.0.0', '::ffff:10.0.0.1'])
    assert.ok(!mayReach(address, true), address)
})

/** However an address inside is written, it is not connected to: refused before any packet. */
const FORMS = [
  ...[
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
  ],
  ...[
    'https://127.0.0.1./',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
  ],
  ...[
    'https://[0:0:0:0:0:0:0:1]/',
    'https://10.0.0.1:8443/',
    'https://169.254.169.254/latest/',
    'https://[fe80::1]/',
  ],
  ...['https://①②⑦.0.0.1/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://localhost/'],
  ...['http://127.0.0.1/', 'http://example.org/', 'ftp://example.org/', 'file:///etc/passwd', 'unix:/run/x'],
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user@example.org/',
    '//example.org/',
    'example.org',
    '',
  ],
  ...['https://127.0.0.1\\@example.org/', 'gopher://127.0.0.1:5432/', 'https://%6c%6f%63%61%6c%68%6f%73%74/'],
]
test('no form of writing an address inside gets there', async () => {
  const fetch = guardedFetch([])
  for (const form of FORMS) {
    const why = await fetch(form, { method: 'GET', headers: {}, body: null, redirect: 'manual' }).then(
      () => 'reached',
      (error: unknown) => error,
    )
    assert.ok(why instanceof HouseError, `${form}: ${why}`)
    assert.doesNotMatch(why.message, /does not answer/, form)
  }
})

test('plain http is for this computer, and only where the setting names it', () => {
  assert.throws(() => checkedUrl('http://127.0.0.1:9000/', []), HouseError)
  assert.throws(() => checkedUrl('http://127.0.0.1:9000/', ['127.0.0.1:9001']), HouseError)
  assert.throws(() => checkedUrl('http://id.office.example/', ['id.office.example']), HouseError)
  assert.equal(checkedUrl('http://127.0.0.1:9000/', ['127.0.0.1:9000']).port, '9000')
  assert.equal(checkedUrl('https://id.example/realms/a', []).host, 'id.example')
})

test('a name that leads inside is refused after it was resolved, and names the setting', async () => {
  const provider = await testProvider()
  try {
    const { port } = new URL(provider.issuer)
    const address = `https://localhost:${port}/`
    const ask = (inside: string[]) =>
      guardedFetch(inside)(address, { method: 'GET', headers: {}, body: null, redirect: 'manual' })
    await assert.rejects(ask([]), /FIREBREAK_PROVIDERS_INSIDE=localhost/)
    // named, it is connected to: and what answers there is no TLS
    await assert.rejects(ask(['localhost']), /does not answer/)
  } finally {
    await provider.close()
  }
})

test('an answer is bounded, and its redirects are not followed', async () => {
  const provider = await testProvider()
  try {
    const fetch = guardedFetch([provider.host])
    const ask = () =>
      fetch(`${provider.issuer}/.well-known/openid-configuration`, {
        ...{ method: 'GET', headers: {}, body: null, redirect: 'manual' as const },
      })
    assert.equal((await ask()).status, 200)
    provider.lies = { discovery: 'huge' }
    await assert.rejects(ask(), /more than 200 kB/)
    provider.lies = { discovery: 'redirect' }
    assert.equal((await ask()).status, 302)
    provider.lies = { discovery: 'down' }
    await assert.rejects(ask(), /does not answer/)
  } finally {
    await provider.close()
  }
})
