import type { Document } from 'yaml'
import { HouseError } from './errors.ts'

/** What a document says. Throws `invalid`, naming the file, where its aliases were made to fill the memory. */
export function yamlValue(file: string, document: Document): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HouseError('invalid', `${file}:1: ${why}`, { cause })
  }
}
