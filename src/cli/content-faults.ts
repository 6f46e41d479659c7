import { openPage, shapeFaults } from './checked-page.ts'
import { shapeOf } from './content-shapes.ts'

/** The first thing that is wrong in files of `content/`, with file and line; null when each has the shape that it must have. */
export function firstFault(files: readonly string[]): string | null {
  for (const file of files) {
    const page = openPage(file)
    const shape = shapeOf(page.value)
    if (shape === null) return `${file}:1: neither an indicator, nor words of a language, nor red flags`
    const [fault] = shapeFaults(shape, page)
    if (fault) return `${file}:${fault.line}: ${fault.what}`
  }
  return null
}
