import assert from 'node:assert/strict'
import type { z } from 'zod'
import { newId } from '../src/core/ids.ts'
import type { FreezeNew } from '../src/freeze/shapes.ts'
import type { Report } from '../src/reports/shapes.ts'
import { sealJson } from '../src/seal/record.ts'
import type { Person } from './house.ts'

/** Seals and files a report as the browser does. @param it  blind tokens of what it holds; the sealed text; what else of a payload a page needs */
export async function filedReport(
  by: Person,
  it: { tokens?: string[]; text?: string; tlp?: string; payload?: object } = {},
): Promise<Report> {
  const sealedId = newId()
  const sealed = await sealJson({ v: 1, text: it.text ?? 'an invented story', ...it.payload }, [
    { memberId: by.member, recipient: by.recipient },
  ])
  const { ciphertext, recipient, wraps } = sealed
  await ok(by.ask('POST', '/api/sealed', { body: { id: sealedId, kind: 'report', recipient, wraps } }))
  await ok(by.ask('PUT', `/api/sealed/${sealedId}/content`, { octets: ciphertext }))
  const body = {
    id: newId(),
    tlp: it.tlp ?? 'AMBER',
    sealedId,
    evidence: [],
    tokens: (it.tokens ?? []).map((token) => ({ token, kind: 'bank_account', country: 'SG' })),
    draftId: null,
  }
  return ok<Report>(by.ask('POST', '/api/reports', { body }))
}

/** A freeze request that fits: one invented account in Singapore with SGD 48,200.00 at risk. */
export function freezeRequest(it: {
  reportId: string
  toOrg: string
  tokens?: string[]
}): z.input<typeof FreezeNew> {
  const factId = newId()
  return {
    id: newId(),
    reportId: it.reportId,
    toOrg: it.toOrg,
    railId: 'sg-police-freeze',
    tlp: 'AMBER',
    basis: 'public interest: a payment to scammers an hour ago',
    note: '',
    victimCountry: 'SG',
    paidAt: new Date(Date.now() - 3_600_000).toISOString(),
    facts: [
      {
        id: factId,
        kind: 'bank_account',
        normal: '0012345678',
        country: 'SG',
        system: 'Harbour Bank',
        why: 'named',
      },
    ],
    lines: [{ id: newId(), factId, currency: 'SGD', minor: 4_820_000 }],
    tokens: it.tokens ?? [],
    briefingId: null,
  }
}

export async function ok<T>(asked: Promise<{ status: number; body: unknown }>): Promise<T> {
  const answer = await asked
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as T
}
