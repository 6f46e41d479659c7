import { z } from 'zod'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { Id } from '../core/shapes.ts'

/** What a sealed briefing holds. Whoever sealed it chose the shape, so nothing in it is believed before this. */
const Briefing = z.object({
  v: z.literal(1),
  identity: z.object({
    name: z.string().default(''),
    contact: z.string().default(''),
    notes: z.string().default(''),
  }),
  /** The whole story, only when the sender added it. */
  text: z.string().optional(),
  files: z
    .array(z.object({ sealedId: Id, name: z.string(), type: z.string(), size: z.number().min(0) }))
    .default([]),
})
export type Briefing = z.infer<typeof Briefing>
export type BriefingFile = Briefing['files'][number]

/** Throws `invalid` for what this version cannot read. */
export function briefingFrom(value: unknown): Briefing {
  try {
    return check(Briefing, value)
  } catch (cause) {
    throw new HouseError(
      'invalid',
      'this was opened, but it is not a briefing that this version can read; ask the sender what it holds',
      { cause },
    )
  }
}

/** Pictures a browser shows by itself; whatever else comes is only ever saved, never run. SVG can hold scripts. */
const PICTURES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

export function isPicture({ type }: Pick<BriefingFile, 'type'>): boolean {
  return PICTURES.includes(type)
}

/** The name a file is saved under: without folders, control characters, or marks that turn the writing direction. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.trim()
  return plain === undefined || plain === '' || /^\.+$/.test(plain) ? 'file' : plain.slice(0, 120)
}
