import type { z } from 'zod'
import { HouseError } from './errors.ts'

/** The one way an unknown value becomes a known one. Throws `invalid`, naming the first bad field. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new HouseError(
    'invalid',
    `${issue?.path.join('.') || 'value'}: ${issue?.message ?? 'not understood'}`,
  )
}
