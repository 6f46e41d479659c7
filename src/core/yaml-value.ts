import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
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

/** The line of the value at a path, or of the nearest thing around it that is there; from 1. */
export type LineOf = (path: readonly PropertyKey[]) => number

/**
 * A YAML text that knows on which line each of its values stands.
 * @param hint  what most often is wrong with such a file, for the message
 * @throws `invalid`, naming file and line, for a text that is no YAML
 */
export function yamlOf(file: string, text: string, hint = ''): { document: Document; lineOf: LineOf } {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [error] = document.errors
  if (error) {
    const what = `${error.message.split('\n')[0]}${hint && ` (${hint})`}`
    throw new HouseError('invalid', `${file}:${error.linePos?.[0].line ?? 1}: ${what}`)
  }
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
    }
    return 1
  }
  return { document, lineOf }
}
