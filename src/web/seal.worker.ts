import { cosignWith, handOn, makeAuthority, stateWith } from '../seal/authority.ts'
import { giveGroupKey, makeGroupKey, moveGroupKey, sealToGroup } from '../seal/group-key.ts'
import { addWraps, openRecord, openWith, sealRecord, sealTo, unwrapKey } from '../seal/record.ts'
import type { SealWork } from './seal-words.ts'
import { answerCalls } from './worker-calls.ts'

/** Seals and opens away from the page: a file of 64 MB takes seconds, and typing must not wait for it. */
answerCalls<SealWork>(
  {
    async record({ plain, readers }) {
      const { ciphertext, recipient, wraps } = await sealRecord(plain, readers)
      return { ciphertext: new Uint8Array(ciphertext), recipient, wraps }
    },
    async open({ ciphertext, wrapped, key, through }) {
      const opener = through ? await unwrapKey(through, key) : key
      return new Uint8Array(await openRecord(ciphertext, wrapped, opener))
    },
    share: ({ wrapped, key, readers }) => addWraps(wrapped, key, readers),
    groupKey: ({ key, seats, ...it }) => makeGroupKey(it, key, seats),
    giveGroupKey: ({ key, seats, ...it }) => giveGroupKey(it, key, seats),
    moveGroupKey: ({ key, to, holder, ...it }) => moveGroupKey(it, { from: key, to, holder }),
    toGroup: async ({ wrapped, key, held }) => ({ wrapped: await sealToGroup(wrapped, held, key) }),
    cosign: async ({ wrapped, key, text, name, at }) => ({
      line: await cosignWith(text, { name, at }, { wrapped, identity: key }),
    }),
    state: ({ wrapped, key, statement }) => stateWith(statement, wrapped, key),
    authority: ({ recipient, root }) => makeAuthority(recipient, root),
    hand: async ({ wrapped, key, recipient }) => ({ wrapped: await handOn(wrapped, key, recipient) }),
    draft: async ({ plain, recipient }) => new Uint8Array(await sealTo(plain, recipient)),
    openDraft: async ({ sealed, key }) => new Uint8Array(await openWith(sealed, key)),
  },
  'this could not be sealed or opened here; it is still as it was',
)
