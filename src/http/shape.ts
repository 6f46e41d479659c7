import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import { HouseError } from '../core/errors.ts'
import type { Env } from './env.ts'

/** A room's routes. Bad input is answered by the one presenter, naming the first bad field. */
export function rooms() {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const [issue] = result.error.issues
      throw new HouseError(
        'invalid',
        `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`,
      )
    },
  })
}

const ERRORS = Object.fromEntries(
  [401, 403, 404, 409, 413, 422, 429, 503].map((status) => [
    status,
    { description: 'What happened, to what, and what to do next: `{ code, message }`.' },
  ]),
)

type Method = 'get' | 'post' | 'put' | 'delete'
type Request = NonNullable<RouteConfig['request']>

/** A route that answers JSON: one line says what it is for, one schema what it answers. */
export function answers<
  M extends Method,
  P extends string,
  O extends z.ZodType,
  R extends Request = Record<never, never>,
>(method: M, path: P, it: { readonly what: string; readonly answer: O; readonly request?: R }) {
  return createRoute({
    method,
    path,
    summary: it.what,
    request: (it.request ?? {}) as R,
    responses: {
      200: { description: it.what, content: { 'application/json': { schema: it.answer } } },
      ...(ERRORS as Record<never, never>),
    },
  })
}

/** The request part of a route that takes JSON. */
export function body<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const
}
