/** Little words by language; `others` are languages the house does not read. Words are parted by blanks. */
export interface LanguagesLexicon {
  readonly languages: Readonly<Record<string, string>>
  readonly others: Readonly<Record<string, string>>
  /** `simplified[i]` and `traditional[i]` are one character in the two ways of writing Chinese. */
  readonly simplified: string
  readonly traditional: string
}

/** A written form with its marks: `=` exactly so, `@vi,id` only in these languages (see `parseForm`). */
export type MarkedForm = string

/** A currency that depends on the country of the text. */
export interface ByCountry {
  readonly default?: string
  readonly countries?: Readonly<Record<string, string>>
}

export interface CurrencyForms {
  readonly forms?: readonly MarkedForm[]
  readonly before?: readonly MarkedForm[]
  readonly after?: readonly MarkedForm[]
}

export interface Multiplier {
  readonly value: number
  readonly forms: readonly MarkedForm[]
  readonly glued?: boolean
  readonly leading?: boolean
  readonly alone?: readonly string[]
  readonly cued?: readonly string[]
  readonly here?: readonly string[]
}

export interface PriceMark {
  readonly forms: readonly string[]
  readonly languages?: Readonly<Record<string, string>>
  readonly countries?: Readonly<Record<string, string>>
}

/** See content/lexicon/money.yaml, where every field is explained. */
export interface MoneyLexicon {
  readonly currencies: Readonly<Record<string, CurrencyForms>>
  readonly shared: readonly (ByCountry & { readonly forms: readonly MarkedForm[] })[]
  readonly multipliers: readonly Multiplier[]
  readonly numbers: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly tens: readonly MarkedForm[]
  readonly teens: readonly MarkedForm[]
  readonly half: readonly MarkedForm[]
  readonly plus_half: readonly MarkedForm[]
  readonly and: readonly MarkedForm[]
  readonly about: readonly MarkedForm[]
  readonly half_a: readonly MarkedForm[]
  readonly ranges: readonly MarkedForm[]
  readonly ordinals: readonly MarkedForm[]
  readonly price_marks: readonly PriceMark[]
  readonly home: Readonly<Record<string, ByCountry>>
  readonly cues: string
  readonly pay_names: string
  readonly countables: string
  readonly counted_in_chinese: string
}
