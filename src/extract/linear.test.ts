import assert from 'node:assert/strict'
import test from 'node:test'
import { hostileTexts } from '../../bench/extract/hostile.ts'
import { read } from './read.ts'

/** More shapes than the bench has: what once grew faster than its text, and pieces of one thing begun again and again. */
const SHAPES: Record<string, string> = {
  'spaced digits': '1 ',
  'digits and dashes': '1-',
  'four digits each': '1234 ',
  'sort codes': '20-45-67 ',
  'plus and bracket': '+(0',
  'phone words': 'phone: tel: ',
  'bank words and digits': 'bank account 1 2 ',
  'scattered capitals': 'aB',
  'one letter capitals': 'A ',
  'legal forms': 'Ltd Ltd. ',
  'called, called': 'company called ',
  'open quotes': '「a ',
  'Thai heads': 'บริษัท',
  'Hindi heads': 'कंपनी ',
  'Bengali endings': 'ব্যাংকের',
  'Han tails': '公司',
  'Han calls': '公司叫',
  'month and day': 'March 1 ',
  'Chinese numbers': '一二三四',
  'Chinese months': '十月',
  'number and unit': '1万1千',
  'currency words': 'baht USD ',
  'bare hosts': 'a.com ',
  'hosts in words': 'a.comb.com',
  'spoken dots': 'a dot com dot ',
  'bracketed at': 'a[at]b',
  'IPv6 colons': '1:',
  'passport zone': 'P<UTO<<',
  'name and colon': 'Ken: x\n',
  'stacked stamps': 'Ken\n12/03/2024 09:14\n',
  'days alone': '2024.05.18 Sat\n',
  'SMS heads': 'From: 1\nSent: 12/03/2024 09:14\n',
  'SMS tags': '<sms body="a" address="1" ',
  'JSON strings': '{"messages":[{"text":"a",',
  'titles of names': 'Mr. Kham ',
  'mathematical digits': '𝟎',
}

const shapes = [
  ...hostileTexts(),
  ...Object.entries(SHAPES).map(([name, unit]) => ({
    name,
    make: (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length),
  })),
]

type Method = (this: unknown, ...given: unknown[]) => unknown

/** What one call costs: the units it goes over, and one. */
const COST: Record<string, (self: string, given: readonly unknown[], answer: unknown) => number> = {
  charCodeAt: () => 1,
  charAt: () => 1,
  slice: (_, __, answer) => (answer as string).length / 8 + 1,
  indexOf: (self, [, from = 0], answer) =>
    (Number(answer) < 0 ? self.length : Number(answer)) - Number(from) + 1,
  lastIndexOf: (self, _, answer) => self.length - Number(answer),
  includes: (self) => self.length + 1,
  replaceAll: (self) => self.length + 1,
  replace: (self) => self.length + 1,
  split: (self) => self.length + 1,
  toLowerCase: (self) => self.length + 1,
  normalize: (self) => self.length + 1,
  trim: (self) => self.length + 1,
}

/** An expression that is anchored looks at one place; any other goes on to its answer or to the end. */
function costOfExec(pattern: RegExp, text: string, from: number, answer: RegExpExecArray | null): number {
  if (pattern.sticky || pattern.source[0] === '^') return 1 + (answer?.[0].length ?? 0)
  return 1 + (answer === null ? text.length : answer.index + answer[0].length) - from
}

/** Counts the work that `task` does on strings: the same on every machine, however busy. */
function workOf(task: () => void): number {
  let work = 0
  const proto = String.prototype as unknown as Record<string, Method>
  const kept = Object.keys(COST).map((name) => [name, proto[name] as Method] as const)
  const exec = RegExp.prototype.exec
  for (const [name, own] of kept) {
    const cost = COST[name] as (typeof COST)[string]
    proto[name] = function (...given) {
      const answer = own.apply(this, given)
      work += cost(this as string, given, answer)
      return answer
    }
  }
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0
    const answer = exec.call(this, text)
    work += costOfExec(this, text, from, answer)
    return answer
  }
  try {
    task()
  } finally {
    for (const [name, own] of kept) proto[name] = own
    RegExp.prototype.exec = exec
  }
  return work
}

const LENGTH = 15_000

for (const { name, make } of shapes)
  test(`linear: twice as much of "${name}" is twice the work`, () => {
    const [once, twice] = [make(LENGTH), make(LENGTH * 2)]
    const first = workOf(() => read(once))
    const second = workOf(() => read(twice))
    assert.ok(first > LENGTH / 4, `only ${first} was counted: the counter is broken`)
    assert.ok(second <= first * 2.4, `${first} for ${LENGTH} units, ${second} for twice as many`)
    assert.ok(second <= LENGTH * 2 * 1500, `${Math.round(second / LENGTH / 2)} steps for each unit`)
  })

function cpu(text: string): number {
  const start = process.threadCpuUsage()
  read(text)
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

test('linear: time grows as the text does, for every shape', () => {
  const grew = shapes.filter(({ make }) => {
    const [once, twice] = [make(40_000), make(80_000)]
    // Other work on the machine can only slow a run down: one good pair of runs is proof enough.
    for (let tries = 0; tries < 5; tries++) {
      const first = Math.max(10, cpu(once))
      if (cpu(twice) <= first * 3) return false
    }
    return true
  })
  assert.deepEqual(
    grew.map(({ name }) => name),
    [],
  )
})
