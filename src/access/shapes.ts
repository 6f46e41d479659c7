import { z } from 'zod'
import { ORG_KINDS } from '../core/power.ts'
import { Country, Id, Moment, Recipient, RoleShape } from '../core/shapes.ts'

export const SessionId = z.string().regex(/^[0-9a-f]{64}$/, 'not a session')
const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'not base64url')
export const Email = z
  .email()
  .max(200)
  .transform((email) => email.toLowerCase())

/** What a visitor may know before signing in. `people` is present in demo mode alone. */
export const HouseInfo = z.object({
  network: z.string(),
  demo: z
    .object({
      password: z.string(),
      people: z.array(
        z.object({
          email: z.string(),
          name: z.string(),
          role: RoleShape,
          orgName: z.string(),
          country: Country,
          /** Host name of a window of their own, e.g. `arunee.localhost`. */
          host: z.string(),
        }),
      ),
    })
    .nullable(),
  /** False on plain http on this computer, where the session cookie cannot carry `Secure`. */
  secure: z.boolean(),
})

export const KeyWrap = z.object({
  id: Id,
  kind: z.enum(['passkey', 'password', 'recovery']),
  credentialId: z.string().nullable(),
  wrapped: z.string(),
})

/** Who is signed in, and their own key as the server holds it: wrapped. */
export const Me = z.object({
  member: z.object({ id: Id, name: z.string(), email: z.string(), role: RoleShape, recipient: Recipient }),
  org: z.object({
    id: Id,
    name: z.string(),
    kind: z.enum(ORG_KINDS),
    country: Country,
    timeZone: z.string(),
  }),
  network: z.string(),
  /** Salt for the password half; null when this person has no password. */
  salt: z.string().nullable(),
  wraps: z.array(KeyWrap),
  /** How this person can show anew that it is they. A demo's password does for everything. */
  proofs: z.object({ passkeys: z.int(), password: z.enum(['none', 'with_code', 'alone']) }),
  /** How people of this organisation may sign in with passwords. */
  passwordRule: z.enum(['none', 'with_code', 'alone']),
  /** Whether a code app is set up. */
  codeApp: z.boolean(),
  sessionEndsAt: Moment,
})
export type Me = z.infer<typeof Me>

/** The public half of a key that this browser made and cannot give away: ECDSA on P-256, `x.y` in base64url. */
export const ProofKey = z.string().regex(/^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/, 'not a key')
/** Until then acts that need it go through, in requests that this browser signs. */
export const Proven = z.object({ provenUntil: Moment })

/** Six digits of a code app. */
const Code = z
  .string()
  .transform((code) => code.replaceAll(' ', ''))
  .pipe(z.string().regex(/^\d{6}$/, 'six digits'))
  .optional()

export const SaltAsk = z.strictObject({ email: Email })
export const Salt = z.object({ salt: z.string() })
export const PasswordSignIn = z.strictObject({
  email: Email,
  signIn: Base64Url.length(43),
  code: Code,
  proofKey: ProofKey.optional(),
})
export const CodeAppAsk = z.strictObject({ email: Email, signIn: Base64Url.length(43) })
/** What to type into a code app; null when one is set up already. */
export const CodeApp = z.object({ app: z.object({ secret: z.string(), uri: z.string() }).nullable() })
export const PasswordRule = z.strictObject({ rule: z.enum(['none', 'with_code']) })
export const PasswordProof = z.strictObject({ signIn: Base64Url.length(43), code: Code, proofKey: ProofKey })
export const PasskeyOptions = z.object({
  challengeId: Id,
  /** PublicKeyCredentialRequestOptionsJSON or …CreationOptionsJSON (WebAuthn Level 3), with the PRF extension. */
  options: z.record(z.string(), z.unknown()),
})
const PasskeyAnswer = { challengeId: Id, response: z.looseObject({ id: z.string() }) }
export const PasskeySignIn = z.strictObject({ ...PasskeyAnswer, proofKey: ProofKey.optional() })
export const PasskeyProof = z.strictObject({ ...PasskeyAnswer, proofKey: ProofKey })

/** As WebAuthn has it: at most 1,023 bytes. */
export const CredentialId = z.string().regex(/^[A-Za-z0-9_-]{1,1364}$/, 'not a passkey')
const PasskeyWords = z.string().trim().min(1).max(60)
export const PasskeyName = z.strictObject({ name: PasskeyWords })
export const PasskeyNew = z.strictObject({
  ...PasskeyAnswer,
  name: PasskeyWords,
  /** The member's key, wrapped with what the passkey gives; null when it gives nothing and only signs in. */
  wrap: z.strictObject({ id: Id, wrapped: z.string().min(1).max(2_000) }).nullable(),
})
export const PasskeyList = z.object({
  passkeys: z.array(
    z.object({
      credentialId: z.string(),
      name: z.string(),
      addedAt: Moment,
      usedAt: Moment.nullable(),
      opensKey: z.boolean(),
    }),
  ),
})

/** Where one is signed in. What device it is is not kept: that would be a log of who was where. */
export const SessionList = z.object({
  sessions: z.array(
    z.object({
      id: SessionId,
      via: z.enum(['passkey', 'password', 'provider']),
      begunAt: Moment,
      seenAt: Moment,
      endsAt: Moment,
      /** The one that asks. */
      here: z.boolean(),
    }),
  ),
})

export const InviteToken = z.strictObject({ token: Base64Url.length(43) })
export const InviteInfo = z.object({
  email: z.string(),
  role: RoleShape,
  orgName: z.string(),
  network: z.string(),
  expiresAt: Moment,
  /** Whether the organisation lets its people sign in with a password. */
  passwords: z.boolean(),
  /** Set: the link lets this member in again. */
  memberId: Id.nullable(),
})
/** Everything the browser made: the server gets a public key, wrapped copies of the private one, and a way to prove identity. */
export const InviteAccept = z
  .strictObject({
    token: Base64Url.length(43),
    memberId: Id,
    name: z.string().trim().min(1).max(200),
    recipient: Recipient,
    wraps: z
      .array(
        z.strictObject({
          id: Id,
          kind: z.enum(['passkey', 'password', 'recovery']),
          credentialId: z.string().nullable(),
          wrapped: z.string().min(1).max(2_000),
        }),
      )
      .min(2)
      .max(6),
    password: z.strictObject({ salt: Base64Url.min(16).max(64), signIn: Base64Url.length(43) }).nullable(),
    passkey: z.strictObject(PasskeyAnswer).nullable(),
    proofKey: ProofKey.optional(),
  })
  .refine((it) => it.password !== null || it.passkey !== null, 'a passkey or a password is needed')
  .refine((it) => it.wraps.some((wrap) => wrap.kind === 'recovery'), 'a recovery code is needed')
