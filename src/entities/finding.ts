import type { z } from 'zod'
import { isAllowed } from '../access/policy.ts'
import type { FactKind } from '../core/fact.ts'
import type { Role } from '../core/role.ts'
import type { FoundEntity } from './shapes.ts'

export type Found = z.infer<typeof FoundEntity>

/** Letters that the server wants at least. */
export const FEWEST = 3

/** Who may ask blind, and who may look in requests they take part in: as the server allows it. */
export const mayAsk = (role: Role) => isAllowed(role, 'match.ask')
export const mayFind = (role: Role) => isAllowed(role, 'freeze.read')

/** Whether what was found is this very thing, and not one whose form only holds it. */
export function isHere(
  found: Found,
  { kind, text }: { readonly kind: FactKind; readonly text: string },
): boolean {
  return found.kind === kind && found.caption === text
}

/** What is looked for in a line as it was typed: without the blanks that stand inside a number. */
export function wantedOf(text: string): string {
  const line = text.trim().split(/\r?\n/)[0]?.trim() ?? ''
  return /^[\p{L}\d\s.-]*$/u.test(line) && /\d{3}/.test(line.replace(/[\s.-]/g, ''))
    ? line.replace(/[\s-]/g, '')
    : line
}
