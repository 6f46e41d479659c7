import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from '../read.ts'

const KINDS = new Set(['url', 'email', 'domain', 'ip'])

function said(text: string): string[] {
  return read(text)
    .facts.filter(({ kind }) => KINDS.has(kind))
    .map(({ kind, normal }) => `${kind} ${normal}`)
}

const found: [name: string, text: string, facts: string[]][] = [
  // Links.
  ['a link', 'see https://kk-invest.example/login.', ['url https://kk-invest.example/login']],
  ['capitals', 'HTTPS://KK-Invest.Example/Login', ['url https://kk-invest.example/Login']],
  [
    'brackets around',
    '(http://kk.test/a_(b)) and [http://kk.test/c]',
    ['url http://kk.test/a_(b)', 'url http://kk.test/c'],
  ],
  [
    'a port and a query',
    'http://api.kk.test:8443/v2?x=1&y=2#z',
    ['url http://api.kk.test:8443/v2?x=1&y=2#z'],
  ],
  ['a user in front', 'https://bank.com@kk.test/', ['url https://bank.com@kk.test/']],
  ['an address as host', 'http://192.0.2.7/panel', ['url http://192.0.2.7/panel']],
  ['an IPv6 host', 'http://[2001:db8::1]:80/x', ['url http://[2001:db8::1]:80/x']],
  ['Chinese behind', '请打开https://kk.test/reg谢谢', ['url https://kk.test/reg']],
  ['Thai behind', 'เข้า https://kk.test/regนะ', ['url https://kk.test/reg']],
  ['without scheme', 'go to kk-invest.example/join', ['url https://kk-invest.example/join']],
  ['a page of a well-known host', 'facebook.com/kk.jobs.88', ['url https://facebook.com/kk.jobs.88']],
  ['an IDN', 'https://例子.com/x', ['url https://xn--fsqu00a.com/x']],
  // Hosts.
  ['a host', 'the site was kk-invest.example, now gone', ['domain kk-invest.example']],
  ['www', 'www.kk-invest.example', ['domain kk-invest.example']],
  ['deep', 'admin.panel.kk-invest.test', ['domain admin.panel.kk-invest.test']],
  ['glued to Chinese', '域名kk888.vip和kk999.top', ['domain kk888.vip', 'domain kk999.top']],
  ['Cyrillic letters among Latin', 'login at pаypal-secure.test', ['domain xn--pypal-secure-x9j.test']],
  ['a word for an ending, named a site', 'our website: luckywin.help', ['domain luckywin.help']],
  ['an ending scam sites use', 'deposit on goldtrade.live today', ['domain goldtrade.live']],
  ['a country of a registry', 'shopnow.co.in is fake', ['domain shopnow.co.in']],
  // Mail.
  ['mail', 'HR@Kk-Park.Example.', ['email hr@kk-park.example']],
  ['mail with a tag', 'jobs+kk.2@kk.test', ['email jobs+kk.2@kk.test']],
  ['mail glued to Chinese', '邮箱abc@kk.test谢谢', ['email abc@kk.test']],
  ['mailto', 'mailto:hr@kk.test?subject=x', ['email hr@kk.test']],
  // Disguises.
  ['hxxp', 'hxxps://kk[.]test/a', ['url https://kk.test/a']],
  ['hxxp[:]//', 'hxxp[:]//kk(.)test/a', ['url http://kk.test/a']],
  ['every dot', 'pay[.]kk[.]test', ['domain pay.kk.test']],
  ['(dot)', 'kk-invest (dot) test', ['domain kk-invest.test']],
  ['dot in words', 'go to kkinvest dot vip slash', ['domain kkinvest.vip']],
  ['two dots in words', 'kk dot invest dot com', ['domain kk.invest.com']],
  ['blanks around the dot', 'kk-invest . com', ['domain kk-invest.com']],
  ['Chinese dot', 'jinshan点com 或 jinshan[点]vip', ['domain jinshan.com', 'domain jinshan.vip']],
  ['Thai dot com', 'เว็บ kkwin ดอทคอม', ['domain kkwin.com']],
  ['(at) and (dot)', 'hr(at)kk(dot)test', ['email hr@kk.test']],
  ['at and dot in words', 'write john.kk at gmail dot com', ['email john.kk@gmail.com']],
  ['[at] and a plain dot', 'hr[at]kk.test', ['email hr@kk.test']],
  ['blanks around the sign', 'hr @ kk.test', ['email hr@kk.test']],
  ['zero-width signs', 'k\u200bk-in\u200dvest.te\u2060st', ['domain kk-invest.test']],
  ['mathematical letters', '𝗵𝘁𝘁𝗽𝘀://𝗸𝗸.𝘁𝗲𝘀𝘁/𝗮', ['url https://kk.test/a']],
  ['full width', 'ｋｋ．ｔｅｓｔ', ['domain kk.test']],
  // Addresses.
  ['an address', 'logged in from 203.0.113.45', ['ip 203.0.113.45']],
  ['an address in disguise', '203[.]0[.]113[.]45', ['ip 203.0.113.45']],
  ['small numbers, named', 'IP 10.1.2.3', ['ip 10.1.2.3']],
  ['IPv6', 'from 2001:0db8:0:0::0001 today', ['ip 2001:db8::1']],
  ['whole IPv6', '2001:db8:1:2:3:4:5:6', ['ip 2001:db8:1:2:3:4:5:6']],
]
for (const [name, text, facts] of found) test(`web: ${name}`, () => assert.deepEqual(said(text), facts))

const quiet: [name: string, text: string][] = [
  ['files', 'report.final.docx photo.zip notes.md script.py setup.exe lib.so main.rs video.mov a.pl'],
  [
    'sentences without a blank',
    'I was scared.the guard came.So we ran.help us. he said no.it was late.me too',
  ],
  ['capitals behind a dot', 'written and verbal.BS degree, Mr.Lee, Dr.No, end.The'],
  ['shorthand', 'e.g. this, i.e. that, a.m. and p.m., U.S.A., Ph.D., Co.Ltd, Pte.Ltd'],
  ['decimals and versions', '3.5 and 1.2.3 and v2.0.1 and 10.5.alpha'],
  ['programs', 'Node.js, ASP.NET, Vue.js and array.at(-1) in foo.bar()'],
  ['well-known hosts', 'google.com, www.facebook.com, gmail.com and https://www.google.com/'],
  ['versions like addresses', 'version 10.20.30.40, firmware 2.4.11.200, section 1.2.3.4'],
  ['octets too great', '300.1.2.3 and 1.2.3.4.5.6'],
  ['times', 'at 10:30:45 or 23:59:59:12'],
  ['a scope of C++', 'std::vector and a::b'],
  ['half a mail address', 'follow @kkpark or me@ home'],
  ['an at between words', 'meet me at home. in the evening at example park'],
  ['a dot between words', 'put a dot on it, dot in the middle'],
  ['a hash as a host', `${'a'.repeat(70)}.com`],
  ['an impossible port', 'http://kk.test:99999/'],
]
for (const [name, text] of quiet) test(`web: quiet on ${name}`, () => assert.deepEqual(said(text), []))

test('web: a disguise and a look-alike are told', () => {
  const [hidden] = read('kk[.]test').facts
  assert.match(hidden?.why ?? '', /in disguise/)
  assert.equal(hidden?.value, 'kk.test')
  assert.equal(hidden?.text, 'kk[.]test')
  assert.match(read('pаypal.test').facts[0]?.why ?? '', /imitate/)
})
