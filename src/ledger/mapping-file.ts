import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { type MappingFile, MappingShape } from './columns.ts'

/** A mapping file of the user. Throws `invalid`, naming the file and the field. */
export function readMapping(file: string): MappingFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new HouseError('invalid', `${file}: there is no such mapping file`)
  }
  try {
    return check(MappingShape, parse(text))
  } catch (error) {
    throw new HouseError('invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
