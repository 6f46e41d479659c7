import type { SignedStatement, Statement } from '../seal/chain.ts'
import type { GroupVersion, HeldKey, SeatWrap } from '../seal/group-key.ts'
import type { Reader, Wrap } from '../seal/record.ts'

type Octets = Uint8Array<ArrayBuffer>

/** A record ready to be sent. Its secret half stays in the worker and ends with the call. */
export interface SealedToSend {
  readonly ciphertext: Octets
  readonly recipient: string
  readonly wraps: readonly Wrap[]
}

// A type alias: an interface would not fit where any name may be asked for.
export type SealWork = {
  /** Seals content under a key of its own, and that key to each reader. */
  record: { ask: { plain: Octets; readers: readonly Reader[] }; answer: SealedToSend }
  /** `through`: the key of the group to which `wrapped` is sealed, as it is sealed to me. */
  open: {
    ask: { ciphertext: Octets; wrapped: string; key: CryptoKey; through?: string | null }
    answer: Octets
  }
  /** The key of a record that one can open, sealed to more readers. */
  share: { ask: { wrapped: string; key: CryptoKey; readers: readonly Reader[] }; answer: readonly Wrap[] }
  /** A new key of a working group, for its seats; the half that opens never leaves the worker unsealed. */
  groupKey: {
    ask: GroupVersion & { key: CryptoKey; seats: readonly Reader[] }
    answer: { recipient: string; wraps: readonly SeatWrap[] }
  }
  /** The present key of a group, for seats that came later. */
  giveGroupKey: {
    ask: GroupVersion & { wrapped: string; key: CryptoKey; seats: readonly Reader[] }
    answer: readonly SeatWrap[]
  }
  /** A group's key that one holds, sealed to another key of one's own and vouched for by it. */
  moveGroupKey: {
    ask: GroupVersion & { wrapped: string; key: CryptoKey; to: CryptoKey; holder: string }
    answer: SeatWrap
  }
  /** The key of a record that one can open, sealed to a group whose key one holds. */
  toGroup: { ask: { wrapped: string; key: CryptoKey; held: HeldKey }; answer: { wrapped: string } }
  /** Countersigns a checkpoint with an organisation's signing key, which is opened in the worker alone. */
  cosign: {
    ask: { wrapped: string; key: CryptoKey; text: string; name: string; at: Date }
    answer: { line: string }
  }
  /** Signs whose key a key is, with a signing key that is opened in the worker alone. */
  state: { ask: { wrapped: string; key: CryptoKey; statement: Statement }; answer: SignedStatement }
  /** A new signing key: its secret half sealed to `recipient`; for the root with the statement that it makes about itself. */
  authority: {
    ask: { recipient: string; root: boolean }
    answer: { key: string; wrapped: string; statement: SignedStatement | null }
  }
  /** A signing key that is sealed to me, sealed to a colleague, too. */
  hand: { ask: { wrapped: string; key: CryptoKey; recipient: string }; answer: { wrapped: string } }
  draft: { ask: { plain: Octets; recipient: string }; answer: Octets }
  openDraft: { ask: { sealed: Octets; key: CryptoKey }; answer: Octets }
}
