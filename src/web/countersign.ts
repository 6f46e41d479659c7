import { base64 } from '@scure/base'
import {
  type Checkpoint,
  checkpointOf,
  readNote,
  readVerifier,
  signedBy,
  verifierText,
} from '../access/note.ts'
import type { Me } from '../access/shapes.ts'
import { newId } from '../core/ids.ts'
import { readStatement } from '../seal/chain.ts'
import { api } from './api.ts'
import { findKey } from './keys.ts'
import { checkLog, continues, seenLog } from './log-watch.ts'
import { seal } from './sealer.ts'

/**
 * Countersigns the checkpoint that this browser has checked, for the organisation whose signing key is sealed to me: what was
 * countersigned cannot be rewritten any more without that organisation noticing. Nothing to do is no error.
 */
export async function countersign(me: Me): Promise<void> {
  await checkLog()
  const seen = seenLog()
  const key = await findKey(me.member.id)
  if (!seen || !key) return
  const { org, secrets } = await api.keys()
  const own = org && readStatement(org).key
  const secret = secrets.find((it) => it.of === me.org.id && it.key === own)
  if (!own || !secret) return
  const witness = { name: `firebreak/org/${me.org.id}`, kind: 4, key: base64.decode(own) } as const
  const log = readVerifier(seen.logKey)
  const now = checkpointOf(seen.note, log)
  const verifier = verifierText(witness)
  const before = (await api.auditLog()).witnesses.find((it) => it.verifier === verifier)
  if (before?.size != null && before.size >= now.size) return
  if (!before) await api.witnessNew({ id: newId(), verifier })
  else if (before.size !== null) {
    // a witness signs what continues all it signed before, in whichever browser that was
    const old = (await api.auditLog(before.size)).checkpoint?.note ?? ''
    if (!signedBy(readNote(old), witness) || !(await continues(checkpointOf(old, log), now))) return
  }
  await send(seen.note, now, { wrapped: secret.wrapped, key, name: witness.name })
}

async function send(
  note: string,
  { size }: Checkpoint,
  by: { wrapped: string; key: CryptoKey; name: string },
) {
  const { line } = await seal('cosign', { ...by, text: readNote(note).text, at: new Date() })
  await api.cosign({ size, line })
}
