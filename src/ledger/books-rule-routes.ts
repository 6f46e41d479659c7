import { z } from 'zod'
import { allow } from '../access/policy.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { booksRule, ruleBooks } from './books-rule.ts'

export const BooksRuleShape = z.object({
  rule: z.enum(['asked', 'here']),
  lift: z.object({ by: z.string(), mine: z.boolean(), at: z.string() }).nullable(),
})
export const BooksRuleChange = z.strictObject({ rule: z.enum(['asked', 'here']) })

/** Whether an organisation's books may be screened on this server at all. */
export function booksRuleRoutes() {
  return rooms()
    .openapi(
      answers('get', '/books-rule', {
        what: 'Whether books of my organisation may go to this server: `here` when they never do',
        answer: BooksRuleShape,
      }),
      async (c) => c.json(await booksRule(c.var.db, c.var.actor)),
    )
    .openapi(
      answers('post', '/books-rule', {
        what: 'Forbid at once that books of my organisation go to this server, or take that back: a second person of it must say so, too',
        answer: BooksRuleShape,
        request: body(BooksRuleChange),
      }),
      async (c) => {
        allow(c.var.actor, 'books.rule')
        return c.json(await ruleBooks(c.var.db, c.var.actor, c.req.valid('json').rule))
      },
    )
}
