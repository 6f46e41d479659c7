import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { AuditProof, type Verdict } from '../access/audit-verify.ts'
import { readCheckpoint, readNote, readVerifier, type Verifier, verifierText } from '../access/note.ts'
import { HouseError } from '../core/errors.ts'
import { onStdout as pc } from './colour.ts'

interface VerifyOptions {
  readonly json?: boolean
  readonly checkpoint: readonly string[]
  readonly witness: readonly string[]
  readonly logKey?: string
}

/** Longer than any entry; what is longer is no line of an export. */
const LONGEST_LINE = 10 * 1024 * 1024
const gather = (value: string, before: readonly string[]) => [...before, value]

export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      'prove an export of the audit log offline: nothing changed, removed, moved, cut off or forked',
    )
    .argument('<export>', 'the file that the steward or `firebreak export` gave; - is standard input')
    .option('--checkpoint <file>', 'a checkpoint that you kept; may be given again', gather, [])
    .option(
      '--witness <key>',
      'a witness that must have countersigned, as name+id+key; may be given again',
      gather,
      [],
    )
    .option('--log-key <key>', 'the key of the log as you know it, as name+id+key')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Exit codes: 0 proven, 1 not proven, 2 the file or an option cannot be read.
Without --checkpoint, --witness or --log-key the proof is that nobody altered the file since the key that it names signed it;
with one of them, also that the holder of that key did not rewrite the log.`,
    )
    .action(run)
}

async function run(file: string, options: VerifyOptions): Promise<void> {
  const trust = {
    logKey: options.logKey === undefined ? undefined : keyOf('--log-key', options.logKey),
    checkpoints: options.checkpoint.map(checkpointIn),
    witnesses: options.witness.map((key) => keyOf('--witness', key)),
  }
  const verdict = await verdictOn(file, new AuditProof(trust, verifyByNode))
  process.stdout.write(
    options.json ? `${JSON.stringify({ file, ...verdict }, null, 2)}\n` : forPeople(verdict),
  )
  if (!verdict.proven) process.exitCode = 1
}

async function verdictOn(file: string, proof: AuditProof): Promise<Verdict> {
  try {
    for await (const line of linesOf(file)) proof.read(line)
    return proof.verdict()
  } catch (error) {
    throw error instanceof HouseError ? new HouseError(error.code, `${file}: ${error.message}`) : error
  }
}

function keyOf(option: string, text: string): Verifier {
  try {
    return readVerifier(text)
  } catch (error) {
    throw new HouseError('invalid', `${option}: ${(error as Error).message}`)
  }
}

function checkpointIn(file: string) {
  try {
    return readCheckpoint(readNote(readFileSync(file, 'utf8')).text)
  } catch (error) {
    throw new HouseError('invalid', `--checkpoint ${file}: ${(error as Error).message}`)
  }
}

/** Lines as they come, with progress on a terminal; never more than one line in memory. */
async function* linesOf(file: string): AsyncIterable<string> {
  const stream = opened(file)
  const size = file === '-' ? 0 : statSync(file).size
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let line = 0
  let read = 0
  for await (const bytes of stream) {
    read += (bytes as Buffer).length
    const parts = decoded(decoder, bytes as Buffer, line + 1).split('\n')
    parts[0] = rest + parts[0]
    rest = parts.pop() ?? ''
    line += parts.length
    if (rest.length > LONGEST_LINE)
      throw new HouseError('invalid', `line ${line + 1}: longer than any line of an export`)
    yield* parts
    if (process.stderr.isTTY && size > 0) process.stderr.write(`\r${Math.floor((read / size) * 100)} % read`)
  }
  if (process.stderr.isTTY && size > 0) process.stderr.write('\r\x1b[K')
  if (rest !== '') yield rest
}

function decoded(decoder: TextDecoder, bytes: Buffer, line: number): string {
  try {
    return decoder.decode(bytes, { stream: true })
  } catch {
    throw new HouseError('invalid', `line ${line} or soon after: not UTF-8`)
  }
}

function opened(file: string) {
  if (file === '-') return process.stdin
  try {
    if (statSync(file).isDirectory()) throw new HouseError('invalid', 'is a folder, not an export')
  } catch (error) {
    if (error instanceof HouseError) throw error
    throw new HouseError('invalid', 'cannot be read: there is no such file', { cause: error })
  }
  return createReadStream(file)
}

/** RFC 8410: an Ed25519 public key as SubjectPublicKeyInfo is these bytes and then the 32 of the key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const keys = new Map<string, ReturnType<typeof createPublicKey>>()

/** Twenty times as fast as a library of JavaScript: a year has half a million checkpoints. */
function verifyByNode(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  const hex = Buffer.from(key).toString('hex')
  const known =
    keys.get(hex) ?? createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' })
  keys.set(hex, known)
  return nodeVerify(null, message, known, signature)
}

const number = (n: number) => n.toLocaleString('en')

function forPeople(it: Verdict): string {
  const lines = [it.proven ? pc.bold('Proven.') : pc.bold(pc.red('Not proven.')), ...factsOf(it)]
  for (const { line, message } of it.findings) lines.push(pc.red(`  line ${line}: ${message}`))
  if (it.more > 0) lines.push(pc.red(`  and ${number(it.more)} more of the kind`))
  if (it.proven) lines.push(...limitsOf(it))
  return `${lines.join('\n')}\n`
}

function factsOf(it: Verdict): string[] {
  const when = it.first && it.last ? `, from ${it.first} to ${it.last}` : ''
  return [
    `  ${number(it.entries)} entries of ${it.network}${when}`,
    `  signed by ${verifierText(readVerifier(it.logKey))}`,
    ...it.witnesses.map(
      ({ name, org, size, at, trusted }) =>
        `  countersigned up to entry ${number(size - 1)} by ${name}${org ? ` (${org})` : ''}${at ? ` at ${at}` : ''}${trusted ? ', whom you trust' : ''}`,
    ),
  ]
}

/** What a proof does not say, so that nobody reads more into it. */
function limitsOf(it: Verdict): string[] {
  const unsigned = it.entries - it.signed
  const lines: string[] = []
  if (unsigned > 0)
    lines.push(
      `  The last ${number(unsigned)} entries came after the newest checkpoint; nobody has signed them yet.`,
    )
  if (!it.anchored)
    lines.push(
      '  You named nobody whom you trust. So this says that nobody altered the file since that key signed it, and not that the',
      '  holder of the key did not rewrite the log before. Give --checkpoint, --witness or --log-key to prove that too.',
    )
  return lines
}
