import { z } from 'zod'
import { ProofKey } from '../access/shapes.ts'
import { Id, Moment } from '../core/shapes.ts'

const Words = (most: number) => z.string().trim().min(1).max(most)
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
    'not a domain, e.g. bank.example',
  )

/** What an organisation's provider must say about a person for the house to take it as theirs. */
const Rules = {
  emailDomains: z.array(Domain).max(20),
  claim: z.strictObject({ name: Words(100), value: Words(300) }).nullable(),
  /** `acr` and `amr` of OpenID Connect Core; minutes since they signed in there. */
  acr: Words(200).nullable(),
  amr: Words(50).nullable(),
  maxAgeMinutes: z.int().min(1).max(720).nullable(),
}

const Issuer = z
  .string()
  .trim()
  .max(290)
  .regex(/^https?:\/\/\S+$/, 'an address that begins with https://')
const Secret = z.string().min(1).max(2_000)

/** An organisation's identity provider, as it is asked for. */
export const ProviderNew = z
  .strictObject({
    id: Id,
    orgId: Id,
    name: Words(60),
    issuer: Issuer,
    clientId: Words(300),
    /** What the house shows the provider: a secret that the provider made, or a key that the house makes. */
    method: z.enum(['secret', 'key']),
    secret: Secret.nullable(),
    ...Rules,
  })
  .refine((it) => it.emailDomains.length > 0 || it.claim !== null, {
    path: ['emailDomains'],
    message: 'say by a domain or by a claim who of the provider’s people are yours',
  })
  .refine((it) => (it.secret !== null) === (it.method === 'secret'), {
    path: ['secret'],
    message: 'a secret goes with the method “secret”, and with no other',
  })

export const Provider = z.object({
  id: Id,
  orgId: Id,
  orgName: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  method: z.enum(['secret', 'key']),
  /** The public half of the key, as the provider is to be given it (JWK). */
  publicKey: z.record(z.string(), z.string()).nullable(),
  ...Rules,
  /** By which the organisation's people find it at the sign-in. */
  word: z.string(),
  state: z.enum(['asked', 'lapsed', 'live', 'ended']),
  askedAt: Moment,
  mayConfirm: z.boolean(),
  mayEnd: z.boolean(),
  mayReplaceSecret: z.boolean(),
})
export type Provider = z.infer<typeof Provider>
export const ProviderList = z.object({ providers: z.array(Provider) })
export const SecretNew = z.strictObject({ secret: Secret })

/** Blanks and hyphens are for reading aloud. */
const Word = z
  .string()
  .max(40)
  .transform((word) => word.toLowerCase().replace(/[\s-]/g, ''))
  .pipe(
    z.string().regex(/^[0-9a-hjkmnp-tv-z]{16}$/, 'sixteen letters and digits, as your organisation has them'),
  )
export const SignInBegin = z.strictObject({ word: Word })
export const LinkBegin = z.strictObject({ providerId: Id })
/** Where the browser goes from here. */
export const Away = z.object({ url: z.string() })

const Query = z.string().max(6_000)
/** What the browser came back with: everything behind the question mark, as it was. */
export const Back = z.strictObject({ providerId: Id, query: Query })
export const SignInReturn = z.strictObject({ providerId: Id, query: Query, proofKey: ProofKey.optional() })

export const WaysIn = z.object({
  ways: z.array(
    z.object({
      providerId: Id,
      name: z.string(),
      issuer: z.string(),
      word: z.string(),
      link: z.object({ id: Id, linkedAt: Moment, usedAt: Moment.nullable() }).nullable(),
    }),
  ),
})
export type WaysIn = z.infer<typeof WaysIn>
