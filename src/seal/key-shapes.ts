import { z } from 'zod'
import { KeyWrap } from '../access/shapes.ts'
import { Id, Moment, Recipient } from '../core/shapes.ts'
import { SignedStatement } from './chain.ts'

const Wrapped = z.string().min(1).max(8_000)
const PublicKey = z.string().length(44)

/** How my keys stand: who vouches for them, what I can sign with, and whose keys of my organisation wait for a signature. */
export const KeyState = z.object({
  root: SignedStatement.nullable(),
  org: SignedStatement.nullable(),
  mine: SignedStatement.nullable(),
  /** Signing keys sealed to me: of an organisation by its id, or of the root as 'root'. */
  secrets: z.array(z.object({ of: z.string(), key: PublicKey, wrapped: Wrapped })),
  colleagues: z.array(z.object({ id: Id, name: z.string(), recipient: Recipient, signed: z.boolean() })),
  /** Signing keys that wait for the root's signature: every one for a steward, one's own organisation's for others. */
  asks: z.array(
    z.object({
      org: Id,
      orgName: z.string(),
      key: PublicKey,
      /** Whose device made it: one of theirs who is asked of nobody may be about to sign in everybody's name. */
      by: z.object({ memberId: Id, name: z.string() }),
      askedAt: Moment,
    }),
  ),
  /** New ways in and new keys of the last 14 days: of my organisation, for a steward of everybody. */
  news: z.array(z.object({ name: z.string(), orgName: z.string(), act: z.string(), at: Moment })),
})
export type KeyState = z.infer<typeof KeyState>

/** `root`: it is the network's root key, which stewards hand to stewards; else my organisation's. */
export const SecretNew = z.strictObject({
  root: z.boolean().default(false),
  key: PublicKey,
  memberId: Id,
  wrapped: Wrapped,
})
/** A signing key made on my device for my organisation, its secret half sealed to me. */
export const AuthorityAsk = z.strictObject({ key: PublicKey, wrapped: Wrapped })
/** The network's root key, made on a steward's device. */
export const RootNew = z.strictObject({ statement: SignedStatement, wrapped: Wrapped })

/** Wraps of records that I can open, made anew for a key that will be mine. */
export const Rewraps = z.strictObject({
  recipient: Recipient,
  wraps: z
    .array(z.strictObject({ sealedId: Id, wrapped: Wrapped }))
    .min(1)
    .max(100),
})
export const OwnWraps = z.object({
  wraps: z.array(z.object({ sealedId: Id, wrapped: Wrapped })),
  next: Id.nullable(),
  /** With the first page alone: every version of a group's key that I hold, and the shares of other people's keys that I keep. */
  seats: z.array(z.object({ groupId: Id, version: z.int(), recipient: Recipient, wrapped: Wrapped })),
  kept: z.array(z.object({ memberId: Id, wrapped: Wrapped })),
})
export const Rotation = z
  .strictObject({
    recipient: Recipient,
    /** The new key, wrapped for every way in; none when the key stays and records that an older one opened come to it. */
    wraps: z.array(KeyWrap.strict()).max(6),
    /** My signing keys, sealed to the new key. */
    secrets: z.array(z.strictObject({ of: z.string().max(60), key: PublicKey, wrapped: Wrapped })).max(20),
    seats: z
      .array(
        z.strictObject({
          groupId: Id,
          version: z.int(),
          wrapped: Wrapped,
          voucher: z.base64().length(44),
        }),
      )
      .max(2_000)
      .default([]),
    kept: z
      .array(z.strictObject({ memberId: Id, wrapped: Wrapped }))
      .max(2_000)
      .default([]),
    /** Records that no key I have opens: named, so that none is left behind unsaid. They stay as they are. */
    left: z.array(Id).max(2_000).default([]),
  })
  .refine(
    ({ wraps }) => wraps.length === 0 || (wraps.length >= 2 && wraps.some(({ kind }) => kind === 'recovery')),
    'a way in and a recovery code are needed',
  )
/** A link for a member who lost every way in; shown once: `/invite#TOKEN`. */
export const ReentryNew = z.strictObject({ memberId: Id })
export const Reentry = z.object({ token: z.string(), expiresAt: Moment })
export const OfficerAsk = z.strictObject({ email: z.email('not an address').max(200) })
/** Null when nobody in the network has exactly this address. */
export const OfficerFound = z.object({
  officer: z.object({ memberId: Id, recipient: Recipient, orgId: Id }).nullable(),
})
/** closed: records that were shared with me and are closed now; they did not go along. */
export const Rotated = z.object({ records: z.int(), closed: z.int() })

export const RecoverySet = z.strictObject({
  threshold: z.int().min(2).max(10),
  shares: z
    .array(z.strictObject({ officerId: Id, org: Id, wrapped: Wrapped }))
    .min(2)
    .max(10),
})
export const RecoveryState = z.object({
  /** Who could help me, and how many of them are needed; null when I have named nobody. */
  mine: z
    .object({
      /** By name, so that one knows whom to call; `helped`: has passed their share on; `gone`: left the network, and can pass on nothing. */
      officers: z.array(
        z.object({ name: z.string(), orgName: z.string(), helped: z.boolean(), gone: z.boolean() }),
      ),
      threshold: z.int(),
      /** Of which of my keys; another one than I have now, where it can be given back. */
      recipient: Recipient,
      at: Moment,
    })
    .nullable(),
  /** Somebody who left the network held my organisation's signing key, and it is mine to make another. */
  signingKeyDue: z.boolean(),
  /** For how many people I keep a share. */
  kept: z.int(),
  /** My own open request, with what officers have passed on. */
  asked: z.object({ id: Id, askedAt: Moment, passed: z.array(Wrapped) }).nullable(),
  /** Members who ask me. `share` is mine to open; ask the person, by a channel you know, for the fingerprint of `recipient`. */
  asksMe: z.array(
    z.object({ id: Id, name: z.string(), orgId: Id, recipient: Recipient, askedAt: Moment, share: Wrapped }),
  ),
})
export const AskNew = z.strictObject({ id: Id })
export const HelpNew = z.strictObject({ wrapped: Wrapped })
