import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHere } from './here.ts'

for (const [next, here] of [
  ['/', true],
  ['/reports/new?draft=1', true],
  ['//elsewhere.example', false],
  ['/\\elsewhere.example', false],
  ['https://elsewhere.example', false],
  ['javascript:alert(1)', false],
  ['', false],
] as const)
  test(`${next || 'nothing'} is ${here ? 'here' : 'elsewhere'}`, () => assert.equal(isHere(next), here))
