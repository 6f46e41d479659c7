import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from './read.ts'
import { guessCountries } from './region.ts'

const cases: [name: string, text: string, first: string | undefined, reporter?: string][] = [
  ['language', 'สวัสดีครับ ผมอยู่ที่บ้าน', 'TH'],
  ['an international number', 'please write to +855 12 345 678', 'KH'],
  ['a currency', 'the fee is 3500 baht and 200 baht', 'TH'],
  ['a bank', 'send it through Vietcombank tonight', 'VN'],
  ['a payment system', 'only DuitNow please', 'MY'],
  ['a place', 'we were held in Myawaddy for long', 'MM'],
  ['the reporter, when nothing else speaks', 'please help me', 'SG', 'SG'],
  ['the text before the reporter', 'โทร 081-234-5678 เงิน 500 บาท', 'TH', 'SG'],
  ['traditional Chinese', '請問這個電話號碼是臺灣的嗎', 'TW'],
  ['nothing', 'please help me', undefined],
]
for (const [name, text, first, reporter] of cases)
  test(`region: by ${name}`, () => {
    const { countries, countriesWhy } = read(text, reporter === undefined ? {} : { country: reporter })
    assert.equal(countries[0], first)
    assert.match(countriesWhy, first === undefined ? /nothing/ : new RegExp(`most likely ${first}`))
  })

test('region: the same reason given often counts once', () => {
  const sign = (country: string, reason: string) => ({ country, weight: 1, reason })
  const often = Array.from({ length: 9 }, () => sign('TH', 'the place Tak'))
  assert.equal(
    guessCountries([...often, sign('KH', 'the place Poipet'), sign('KH', 'the number +855…')]).countries[0],
    'KH',
  )
})
