import { parse } from 'yaml'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { type MappingFile, MappingShape } from './columns.ts'

/** What a mapping file says. Throws `invalid`, naming the file and the field. */
export function mappingOf(file: string, text: string): MappingFile {
  try {
    return check(MappingShape, parse(text))
  } catch (error) {
    throw new HouseError('invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
