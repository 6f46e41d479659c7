import { checkSync } from 'recheck'
import { parseAst } from 'vite'

export interface Pattern {
  readonly source: string
  readonly flags: string
}

/** Every regular expression written in TypeScript code, by its syntax tree. */
export function patternsIn(code: string): Pattern[] {
  const found: Pattern[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child)
    else if (typeof node === 'object' && node !== null) {
      const { regex } = node as { regex?: { pattern: string; flags: string } }
      if (regex !== undefined && regex !== null) found.push({ source: regex.pattern, flags: regex.flags })
      else for (const child of Object.values(node)) visit(child)
    }
  }
  visit(parseAst(code, { lang: 'ts' }))
  return found
}

/** Steps are counted, not seconds: on a busy machine a pattern is as safe as on an idle one. */
const BY_STEPS = { timeout: 60_000, attackTimeout: null, incubationTimeout: null, seedingTimeout: null }

/** Null when a pattern takes linear time, whatever the text; else the verdict. */
export function danger({ source, flags }: Pattern): string | null {
  const { status } = checkSync(source, flags, BY_STEPS)
  return status === 'safe' ? null : `${status}: /${source}/${flags}`
}
