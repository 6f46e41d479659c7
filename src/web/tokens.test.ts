import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const block = (selector: string) => css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
const coloursOf = (selector: string) =>
  new Map(
    [...block(selector).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [
      name ?? '',
      hex ?? '',
    ]),
  )
const themes = { light: coloursOf(':root'), dark: coloursOf('[data-mantine-color-scheme="dark"]') }

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['ground', 'raised', 'sunk']
const MEANINGS = ['ember', 'held', 'risk', 'lost', 'sealed', 'info']

test('both themes name the same colours', () => {
  assert.deepEqual([...themes.dark.keys()], [...themes.light.keys()])
  assert.ok(themes.light.size >= 20)
})

for (const [theme, colours] of Object.entries(themes)) {
  const of = (name: string) => colours.get(name) ?? assert.fail(`${theme} has no ${name}`)
  const pairs = [
    ...['ink', 'quiet', 'returned', ...MEANINGS].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
    ...MEANINGS.flatMap((name) => [
      [name, `${name}-soft`],
      ['ink', `${name}-soft`],
      ['quiet', `${name}-soft`],
    ]),
    ['on-filled', 'ember'],
    ['ground', 'ink'],
  ] as [string, string][]
  for (const [text, ground] of pairs)
    test(`${theme}: ${text} can be read on ${ground}`, () => {
      const found = contrast(of(text), of(ground))
      assert.ok(found >= 4.5, `${found.toFixed(2)} : 1`)
    })
}

test('black on white is 21 : 1, so the measure is right', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
})
