import type { Context } from 'hono'
import { HouseError } from '../core/errors.ts'

/** Errors of the database that a caller caused and can understand, by SQLSTATE. */
const SQL_ERRORS: Readonly<Record<string, [HouseError['code'], string]>> = {
  '23505': ['conflict', 'this was already there'],
  '23514': [
    'conflict',
    'this does not add up with what is recorded; look again, somebody may have acted in the meantime',
  ],
  '23503': ['not_found', 'something this refers to is not there'],
  '42501': ['not_found', 'not there, or not yours'],
  P0002: ['not_found', 'not there, or not yours'],
  FB499: ['step_up_needed', 'confirm that it is you, then try again'],
  '22021': ['invalid', 'the text holds characters that cannot be stored (NUL)'],
  '22P05': ['invalid', 'the text holds characters that cannot be stored'],
  '57014': ['unavailable', 'this took too long and was stopped; nothing was changed'],
  '40001': ['unavailable', 'two acts met; nothing was changed; try again'],
  '40P01': ['unavailable', 'two acts met; nothing was changed; try again'],
}

/** Refusals that the database words itself, for people: SQLSTATE `FB` and the status. */
const WORDED = /^FB(403|409|422)$/
const WORDED_CODES: Readonly<Record<string, HouseError['code']>> = {
  '403': 'forbidden',
  '409': 'conflict',
  '422': 'invalid',
}

/** The only place where an error becomes a response. What it does not know it logs by name, and hides. */
export function present(error: Error, c: Context): Response {
  const known = explain(error)
  if (known.code === 'unavailable') c.header('Retry-After', '1')
  if (known.code === 'too_many') c.header('Retry-After', '60')
  return c.json({ code: known.code, message: known.message }, known.status)
}

interface Explained {
  readonly code: HouseError['code'] | 'internal'
  readonly message: string
  readonly status: HouseError['status'] | 500
}

function explain(error: Error): Explained {
  if (error instanceof HouseError) return { code: error.code, message: error.message, status: error.status }
  const worded = WORDED.exec((error as { code?: string }).code ?? '')
  if (worded) {
    const house = new HouseError(WORDED_CODES[worded[1] ?? ''] ?? 'conflict', error.message)
    return { code: house.code, message: house.message, status: house.status }
  }
  const sql = SQL_ERRORS[(error as { code?: string }).code ?? '']
  if (sql) {
    const house = new HouseError(...sql)
    return { code: house.code, message: house.message, status: house.status }
  }
  logUnknown(error)
  return { code: 'internal', message: 'something broke here; it was logged', status: 500 }
}

/** Name, SQLSTATE and stack only: messages and details can quote what members wrote. */
function logUnknown(error: Error): void {
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const code = (error as { code?: string }).code
  console.error(
    JSON.stringify({ error: error.name, code, stack: stack.slice(0, 8).map((line) => line.trim()) }),
  )
}
