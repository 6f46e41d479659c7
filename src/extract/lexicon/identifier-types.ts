/** The words that say what a number or a code is; compiled from content/lexicon by scripts/compile-identifiers.ts. */
export interface IdentifierLexicon {
  /** Role ('phone', 'account', 'other', ...) to its words by language. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Payment system ('PromptPay', ...) to its names. */
  readonly payments: Readonly<Record<string, readonly string[]>>
  /** What stands behind the "@" of a UPI address, parted by blanks. */
  readonly upi: string
  readonly platforms: readonly Platform[]
  readonly banks: readonly Bank[]
  readonly hosts: Hosts
  /** Country to the shortest and longest account number, in digits. */
  readonly lengths: Readonly<Record<string, readonly [number, number]>>
}

/** Lists of host names and their endings, parted by blanks. */
export interface Hosts {
  readonly endings: string
  /** Endings anybody can have and that are no words. */
  readonly common: string
  /** Endings that are also words. */
  readonly words: string
  /** Endings that are words, yet taken for a host's when the name is long enough. */
  readonly lures: string
  /** Endings that are more often a file's. */
  readonly files: string
  /** Well-known hosts that are no facts. */
  readonly benign: string
}

export interface Platform {
  /** As in the canonical form of a handle: `telegram:@name`. */
  readonly id: string
  readonly names: readonly string[]
  /** Hosts whose first path part is the name. */
  readonly hosts: readonly string[]
  /** First path parts that are not names. */
  readonly links: readonly string[]
  /** How people are found there: by a chosen name, by their phone number, or by a number of the platform. */
  readonly by: 'name' | 'number' | 'digits'
  /** False when the name is also an ordinary word. */
  readonly plain: boolean
}

export interface Bank {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Every way it is written, the name itself included. */
  readonly names: readonly string[]
  /** Names that are also ordinary words: they count only when they begin with a capital. */
  readonly capital: readonly string[]
  /** Lengths of its account numbers; [] when unknown. */
  readonly digits: readonly number[]
  /** A wallet is held under a phone number. */
  readonly wallet: boolean
}
