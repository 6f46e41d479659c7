import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { blind, evaluate } from '../../src/match/blind.ts'
import groups from './vectors/rfc9497-ristretto255.json' with { type: 'json' }

const { oprf, voprf, poprf } = ristretto255_oprf

interface Group {
  readonly mode: number
  readonly seed: string
  readonly keyInfo: string
  readonly skSm: string
  readonly pkSm?: string
  readonly vectors: readonly Vector[]
}

/** A batch is written with commas. */
interface Vector {
  readonly Blind: string
  readonly BlindedElement: string
  readonly EvaluationElement: string
  readonly Input: string
  readonly Output: string
  readonly Info?: string
  readonly Proof?: { readonly proof: string; readonly r: string }
}

/** What went otherwise than RFC 9497, Appendix A.1, says; [] when nothing did. Pure: the same in Node and a browser. */
export function runOprfVectors(): { ran: number; problems: string[] } {
  const problems: string[] = []
  let ran = 0
  for (const group of groups as readonly Group[])
    for (const [i, vector] of group.vectors.entries()) {
      ran++
      for (const what of [...library(group, vector), ...(group.mode === 1 ? ours(group, vector) : [])])
        problems.push(`mode ${group.mode}, vector ${i + 1}: ${what}`)
    }
  return { ran, problems }
}

/** The library with the vector's own randomness, step by step. */
function library(group: Group, vector: Vector): string[] {
  const inputs = list(vector.Input)
  const blinds = list(vector.Blind)
  const info = hexToBytes(vector.Info ?? '')
  const mode = group.mode === 2 ? poprf(info) : group.mode === 1 ? voprf : oprf
  const keys = mode.deriveKeyPair(hexToBytes(group.seed), hexToBytes(group.keyInfo))
  const made = inputs.map((input, i) => blindWith(group, info, input, blinds[i] ?? ''))
  const answer = evaluateWith(
    group,
    info,
    made.map(({ blinded }) => blinded),
    vector,
  )
  return differences({
    'secret key': [bytesToHex(keys.secretKey), group.skSm],
    'public key': [bytesToHex(keys.publicKey), group.pkSm ?? bytesToHex(keys.publicKey)],
    blinded: [made.map(({ blinded }) => bytesToHex(blinded)).join(), vector.BlindedElement],
    evaluated: [answer.evaluated.map((one) => bytesToHex(one)).join(), vector.EvaluationElement],
    proof: [bytesToHex(answer.proof), vector.Proof?.proof ?? ''],
    output: [outputs(group, info, inputs, blinds, answer), vector.Output],
  })
}

/** This house's two steps, with randomness of their own: the token is SHA-256 of the vector's output. */
function ours(group: Group, vector: Vector): string[] {
  const inputs = list(vector.Input).map((input) => hexToBytes(input))
  const { blinded, finish } = blind(inputs)
  const tokens = finish(evaluate(group.skSm, blinded), group.pkSm ?? '')
  const wanted = list(vector.Output).map((output) => bytesToHex(sha256(hexToBytes(output))))
  return differences({
    tokens: [tokens.join(), wanted.join()],
    'evaluate()': [
      evaluate(group.skSm, list(vector.BlindedElement)).evaluated.join(),
      vector.EvaluationElement,
    ],
  })
}

function blindWith(group: Group, info: Uint8Array, input: string, scalar: string) {
  const rng = fixed(scalar)
  if (group.mode === 2) return poprf(info).blind(hexToBytes(input), hexToBytes(group.pkSm ?? ''), rng)
  return (group.mode === 1 ? voprf : oprf).blind(hexToBytes(input), rng)
}

function evaluateWith(group: Group, info: Uint8Array, blinded: Uint8Array[], vector: Vector) {
  const secret = hexToBytes(group.skSm)
  const rng = fixed(vector.Proof?.r ?? '01'.padEnd(64, '0'))
  if (group.mode === 2) return poprf(info).blindEvaluateBatch(secret, blinded, rng)
  if (group.mode === 1) return voprf.blindEvaluateBatch(secret, hexToBytes(group.pkSm ?? ''), blinded, rng)
  return { evaluated: blinded.map((one) => oprf.blindEvaluate(secret, one)), proof: new Uint8Array() }
}

function outputs(
  group: Group,
  info: Uint8Array,
  inputs: readonly string[],
  blinds: readonly string[],
  answer: { evaluated: Uint8Array[]; proof: Uint8Array },
): string {
  const items = inputs.map((input, i) => ({
    input: hexToBytes(input),
    blind: hexToBytes(blinds[i] ?? ''),
    blinded: blindWith(group, info, input, blinds[i] ?? '').blinded,
    evaluated: answer.evaluated[i] ?? new Uint8Array(),
  }))
  const publicKey = hexToBytes(group.pkSm ?? '')
  if (group.mode === 0)
    return items.map((it) => bytesToHex(oprf.finalize(it.input, it.blind, it.evaluated))).join()
  if (group.mode === 1)
    return voprf
      .finalizeBatch(items, publicKey, answer.proof)
      .map((one) => bytesToHex(one))
      .join()
  const { tweakedKey } = poprf(info).blind(new Uint8Array([0]), publicKey)
  return poprf(info)
    .finalizeBatch(items, answer.proof, tweakedKey)
    .map((one) => bytesToHex(one))
    .join()
}

/** Randomness that makes the library draw this scalar: it takes the bytes modulo (order - 1) and adds one. */
function fixed(scalar: string) {
  const value = BigInt(`0x${bytesToHex(hexToBytes(scalar).reverse())}`) - 1n
  return (length = 32) => hexToBytes(value.toString(16).padStart(length * 2, '0')).reverse()
}

function differences(pairs: Record<string, readonly [string, string]>): string[] {
  return Object.entries(pairs).flatMap(([what, [is, wanted]]) =>
    is === wanted ? [] : [`${what} is ${is}, not ${wanted}`],
  )
}

function list(text: string): string[] {
  return text.split(',')
}
