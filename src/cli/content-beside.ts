import { realpathSync } from 'node:fs'
import { assessRules } from '../assess/assess.ts'
import type { Content } from '../assess/content.ts'
import { lureRules } from '../assess/lure.ts'
import { HouseError } from '../core/errors.ts'
import { CONTENT, contentFiles, loadContent, readContent } from './content.ts'
import { firstFault } from './content-faults.ts'

/**
 * The content that a file is checked with. A file in `content/` that is not right yet is left out of it: the check is
 * there to say what is wrong with it, and must not fall over it first.
 * Throws `invalid`, naming the file and the line, when another file is broken.
 */
export function contentBeside(file: string): Content {
  try {
    return loadContent()
  } catch {
    // not right yet: the file itself, or another one
  }
  const own = real(file)
  const others = contentFiles(CONTENT).filter((one) => real(one) !== own)
  const fault = firstFault(others)
  if (fault !== null) throw new HouseError('invalid', `${fault}; put this right first`)
  const content = readContent(CONTENT, new Set(others))
  try {
    assessRules(content)
    lureRules(content)
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    throw new HouseError('invalid', `another file of content/ is not right: ${error.message}`, {
      cause: error,
    })
  }
  return content
}

function real(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    // not there: openPage says so
    return file
  }
}
