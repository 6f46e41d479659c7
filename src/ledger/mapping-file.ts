import { readFileSync } from 'node:fs'
import { HouseError } from '../core/errors.ts'
import type { MappingFile } from './columns.ts'
import { mappingOf } from './mapping-text.ts'

/** A mapping file of the user. Throws `invalid`, naming the file and the field. */
export function readMapping(file: string): MappingFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new HouseError('invalid', `${file}: there is no such mapping file`)
  }
  return mappingOf(file, text)
}
