import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from '../read.ts'

function handles(text: string): string[] {
  return read(text)
    .facts.filter(({ kind }) => kind === 'handle')
    .map(({ normal }) => String(normal))
}

const found: [name: string, text: string, normals: string[]][] = [
  ['@ behind the platform', 'Contact HR on Telegram @Golden_HR88', ['telegram:@golden_hr88']],
  ['@ before the platform', 'message @golden_hr88 (Telegram)', ['telegram:@golden_hr88']],
  ['two platforms', 'TG: @boss_li, LINE: @jobs88', ['telegram:@boss_li', 'line:@jobs88']],
  ['a list of names', 'Telegram: @one_hr / @two_hr', ['telegram:@one_hr', 'telegram:@two_hr']],
  ['ID with a colon', 'LINE ID: somchai_88', ['line:@somchai_88']],
  ['a name of letters behind a colon', 'Skype: liveagent\nthanks', ['skype:@liveagent']],
  ['no sign, but a digit', 'add my wechat boss88li', ['wechat:@boss88li']],
  ['Chinese', '加微信：wxid_9k2j，或者飞机 @hr_boss9', ['wechat:@wxid_9k2j', 'telegram:@hr_boss9']],
  ['Chinese without blanks', '我的微信号是laok_888谢谢', ['wechat:@laok_888']],
  ['Thai', 'แอดไลน์ไอดี nokk2541 นะคะ', ['line:@nokk2541']],
  ['Vietnamese', 'Liên hệ tele @tuyendung_kh nhé', ['telegram:@tuyendung_kh']],
  ['Khmer', 'តេឡេក្រាម @hr_kh99', ['telegram:@hr_kh99']],
  ['Burmese', 'တယ်လီဂရမ် @shwe_hr1 ကို ဆက်သွယ်ပါ', ['telegram:@shwe_hr1']],
  ['Hindi', 'टेलीग्राम पर @task_admin9 से बात करो', ['telegram:@task_admin9']],
  ['QQ', 'QQ号：123456789', ['qq:@123456789']],
  ['a Telegram link', 'join t.me/asia_jobs88 now', ['telegram:@asia_jobs88']],
  ['a LINE link', 'line.me/ti/p/~boss88', ['line:@boss88']],
  ['a disguised link', 't[.]me/asia_jobs88', ['telegram:@asia_jobs88']],
  ['Facebook', 'Facebook: @ploy.invest99', ['facebook:@ploy.invest99']],
  ['a dot that ends the sentence', 'Instagram @lucky.star.', ['instagram:@lucky.star']],
  ['LINE in capitals', 'LINE somchai88', ['line:@somchai88']],
]
for (const [name, text, normals] of found)
  test(`handle: ${name}`, () => assert.deepEqual(handles(text), normals))

const quiet: [name: string, text: string][] = [
  ['a mail address', 'Telegram? No, write to me@example.com'],
  ['a line of text', 'see line 88a of the form, and line manager2'],
  ['words behind a platform', 'Telegram group, WeChat messages and Facebook Marketplace'],
  ['a colon and words', 'Facebook: Jobs in Dubai for everyone'],
  ['a version', 'Telegram v10.5 and WhatsApp 2.24.1'],
  ['a number beside WhatsApp', 'WhatsApp: 0812345678'],
  ['code', '`@Override` and @param without a platform'],
  ['a hash', 'commit fb92427ae41e4649b934ca495991b'],
  ['a signal', 'the signal was weak at 10km'],
  ['an invitation link', 'https://t.me/+AbCdEf123456'],
]
for (const [name, text] of quiet) test(`handle: quiet on ${name}`, () => assert.deepEqual(handles(text), []))
