import { z } from 'zod'
import { ELEMENTS } from '../assess/content.ts'

/** What the files in `content/` must hold; the shapes themselves are explained in `src/assess/content.ts`. */

const Line = z.string({ error: 'must be a text; put quotes around words like "no" or "true"' }).min(1)
const Version = z.int().min(1)
const Source = z.strictObject({ from: Line, standing: z.enum(['corroborated', 'memory']) })
const ByLanguage = z.record(z.string().regex(/^(?:all|[a-z]{2,3}(?: [a-z]{2,3})*)$/), z.array(Line))
const Sentences = z.record(z.string().regex(/^[a-z]{2,3}$/), z.array(Line).min(1))
const Examples = z.strictObject({ found: Sentences, quiet: Sentences })

export const IndicatorShape = z.strictObject({
  id: z.string().regex(/^FC-[AMPX]\d{2}$/, 'must look like FC-M11'),
  version: Version,
  element: z.enum(ELEMENTS),
  name: Line,
  meaning: Line,
  ilo: z.array(z.int().min(1).max(11)),
  safeguarding: z.enum(['violence', 'child']).optional(),
  needs_context: z.boolean().optional(),
  about: z.literal('family').optional(),
  source: Source,
  patterns: ByLanguage,
  denials: ByLanguage.optional(),
  together: z.array(z.array(Line).min(2)).optional(),
  examples: Examples,
})

export const LexiconShape = z.strictObject({
  id: z.string().regex(/^words-[a-z]{2,3}$/),
  version: Version,
  language: z.string().regex(/^[a-z]{2,3}$/),
  name: Line,
  source: Source,
  reach: z.number().min(0).max(12),
  spread: z.number().min(0.5).max(3).optional(),
  clitics: z.boolean().optional(),
  endings: z.array(Line).optional(),
  numbers: z.record(z.string().regex(/^\d+$/), z.array(Line)).optional(),
  same: z.array(Line).optional(),
  plain_too: z.boolean().optional(),
  support: Line,
  groups: z.record(z.string().regex(/^[a-z_]+$/), z.array(Line)),
})

const Flag = z.strictObject({
  id: z.string().regex(/^LURE-[A-Z]+-\d{2}$/, 'must look like LURE-PAY-01'),
  name: Line,
  why: Line,
  weight: z.int().min(1).max(3),
  patterns: ByLanguage,
  examples: Examples,
})

export const LureFamilyShape = z.strictObject({
  id: z.string().regex(/^lure-[a-z]+$/),
  version: Version,
  family: Line,
  source: Source,
  flags: z.array(Flag).min(1),
})

export const LureGuideShape = z.strictObject({
  id: z.literal('lure-guide'),
  version: Version,
  source: Source,
  levels: z.strictObject({ low: z.int().min(1), medium: z.int().min(2), high: z.int().min(3) }),
  advertisement: z.strictObject({ strong: ByLanguage, weak: ByLanguage }),
  narrative: ByLanguage,
  checks: z.record(z.string(), z.array(Line).length(5)),
})

/** The shape that a file of `content/` means to have; null for one that is none of these. */
export function shapeOf(value: unknown): z.ZodType | null {
  if (typeof value !== 'object' || value === null) return null
  if ('element' in value) return IndicatorShape
  if ('groups' in value) return LexiconShape
  if ('flags' in value) return LureFamilyShape
  return 'advertisement' in value ? LureGuideShape : null
}
