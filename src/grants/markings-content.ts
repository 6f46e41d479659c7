import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { check } from '../core/check.ts'
import { Markings } from './shapes.ts'

const FILE = fileURLToPath(new URL('../../content/codelists/markings.yaml', import.meta.url))
let known: Markings | null = null

/** The words of markings, read once. Throws `invalid` naming the first wrong field of the file. */
export function markings(): Markings {
  known ??= check(Markings, parse(readFileSync(FILE, 'utf8')))
  return known
}

/** What must stand beside everything about a possible victim that reaches enforcement. */
export function noticeFor(it: { readonly possibleVictim: boolean }): string | null {
  return it.possibleVictim ? markings().nonPunishment.text.trim() : null
}
