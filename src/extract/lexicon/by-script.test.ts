import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formsOf, scriptsIn, WORD_SCRIPTS, type Words, withForms, withoutScripts } from './by-script.ts'
import { CHAT } from './chat.ts'
import { DATES } from './dates.ts'
import { IDENTIFIERS } from './identifiers.ts'
import { MONEY } from './money.ts'
import { NAMES } from './names.ts'
import { ORGANISATIONS } from './organisations.ts'
import { PLACES } from './places.ts'

const LISTS = { CHAT, DATES, IDENTIFIERS, MONEY, NAMES, ORGANISATIONS, PLACES } as unknown as Record<
  string,
  Words
>

/** Every form with the way to it, as often as it stands there; forms of one script in their order. */
function formsIn(words: Words, way = ''): string[] {
  if (words === null || typeof words !== 'object') {
    const text = String(words)
    if (text.includes('\t')) return text.split('\n').flatMap((line, i) => formsIn(cells(line), `${way}/${i}`))
    return text.split(/\s+/).map((it) => `${way} ${it}`)
  }
  if (Array.isArray(words) && words.every((it) => typeof it === 'string'))
    return words.map((it) => `${way} ${it}`)
  return Object.entries(words).flatMap(([key, it]) => formsIn(it as Words, `${way}/${key}`))
}

function cells(line: string): Words {
  const [name = '', country = '', kind = '', forms = ''] = line.split('\t')
  return [[`${name}, ${country}, ${kind}`], forms.split('|')]
}

for (const [name, words] of Object.entries(LISTS)) {
  const base = withoutScripts(words)
  const whole = WORD_SCRIPTS.reduce((it, script) => withForms(it, formsOf(words, script)), base)

  test(`${name}: with the forms of every script the list is whole again`, () => {
    const [before, after] = [formsIn(words), formsIn(whole)].map((it) =>
      it.filter((form) => !form.endsWith(' ')),
    )
    assert.deepEqual(new Set(after), new Set(before))
    assert.equal(after?.length, before?.length)
  })

  for (const script of WORD_SCRIPTS) {
    test(`${name}: forms in ${script} come with ${script} alone, and in their order`, () => {
      const ofScript = (it: Words) =>
        formsIn(it).filter((form) => scriptsIn(form).join() === script && / \S+$/.test(form))
      const singles = (it: Words) => new Set(ofScript(it))
      const left = singles(base)
      const one = ofScript(withForms(base, formsOf(words, script)))
      assert.deepEqual(
        one.filter((it) => !left.has(it)),
        ofScript(words).filter((it) => !left.has(it)),
      )
      for (const form of left) assert.ok(form.length > 0)
    })
  }
}

test('what is left without scripts is what stands in no list, or mixes two', () => {
  const left = Object.values(LISTS).flatMap((words) => formsIn(withoutScripts(words)))
  const written = left.filter((it) => scriptsIn(it).length === 1)
  // sets of signs, each a string without a blank
  assert.deepEqual(
    [...new Set(written.map((it) => it.split(' ')[0]))].sort(),
    ['/counted_in_chinese', '/weighed/han_brand', '/han/surnames', '/han/stops', '/han/everyday_ends'].sort(),
  )
})

test('scripts of a text: by its letters, also where JSON has escaped them', () => {
  assert.deepEqual(scriptsIn('Poipet, 45,000 baht'), [])
  assert.deepEqual(scriptsIn('ปอยเปต and 波贝'), ['Thai', 'Han'])
  assert.deepEqual(scriptsIn('"\\u0e1b\\u0E2d"'), ['Thai'])
  assert.deepEqual(scriptsIn('\\u00e9 \\uzzzz \ud800'), [])
})

test('small lists: places, words, numbers and lists inside lists', () => {
  const words = {
    table: 'A\tTH\tcity\tก|aa|甲\nB\tLA\ttown\t',
    cues: 'on วันที่ 日 by',
    sign: '日月',
    numbers: { one: 1, 一: 1, หนึ่ง: 1 },
    months: [['jan', '一月'], ['feb']],
    days: [{ days: -1, forms: ['เมื่อวาน', 'kahapon'] }],
    digits: [9, 10],
  }
  const base = withoutScripts(words)
  assert.deepEqual(base, {
    table: 'A\tTH\tcity\taa\nB\tLA\ttown\t',
    cues: 'on by',
    sign: '日月',
    numbers: { one: 1 },
    months: [['jan'], ['feb']],
    days: [{ days: -1, forms: ['kahapon'] }],
    digits: [9, 10],
  })
  assert.deepEqual(withForms(base, formsOf(words, 'Thai')), {
    ...base,
    table: 'A\tTH\tcity\taa|ก\nB\tLA\ttown\t',
    cues: 'on by วันที่',
    numbers: { one: 1, หนึ่ง: 1 },
    days: [{ days: -1, forms: ['kahapon', 'เมื่อวาน'] }],
  })
  assert.equal(formsOf(words, 'Khmer'), undefined)
})
