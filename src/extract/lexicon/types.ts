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
  /** Money of these countries, and elsewhere no money: R28 000. */
  readonly only?: boolean
}

export interface CurrencyForms {
  readonly forms?: readonly MarkedForm[]
  readonly before?: readonly MarkedForm[]
  readonly after?: readonly MarkedForm[]
  readonly weak?: WeakForms
  readonly weak_before?: WeakForms
  readonly weak_after?: WeakForms
  readonly smallest?: number
}

export interface WeakForms {
  readonly forms: readonly MarkedForm[]
  readonly least: number
}

export interface Multiplier {
  readonly value: number
  readonly forms: readonly MarkedForm[]
  readonly glued?: boolean
  readonly leading?: boolean
  readonly implicit?: boolean
  readonly alone?: readonly string[]
  readonly cued?: readonly string[]
  readonly here?: readonly string[]
}

export interface PriceMark {
  readonly forms: readonly string[]
  readonly languages?: Readonly<Record<string, string>>
  readonly countries?: Readonly<Record<string, string>>
}

/** See content/lexicon/dates.yaml, where every field is explained. */
export interface DatesLexicon {
  readonly months: readonly (readonly MarkedForm[])[]
  readonly month_words: readonly MarkedForm[]
  readonly joiners: readonly MarkedForm[]
  readonly day_endings: readonly MarkedForm[]
  readonly buddhist: readonly MarkedForm[]
  readonly republic: readonly MarkedForm[]
  readonly cues: string
  readonly relative: readonly { readonly days: number; readonly forms: readonly MarkedForm[] }[]
  readonly by_tense: readonly { readonly days: number; readonly forms: readonly MarkedForm[] }[]
  readonly past: readonly MarkedForm[]
  readonly future: readonly MarkedForm[]
  readonly days_ago: readonly MarkedForm[]
  readonly relative_months: readonly { readonly months: number; readonly forms: readonly MarkedForm[] }[]
  readonly weekdays: readonly (readonly MarkedForm[])[]
  readonly last: readonly MarkedForm[]
  readonly next: readonly MarkedForm[]
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
  readonly plus_quarter: readonly MarkedForm[]
  readonly less_quarter: readonly MarkedForm[]
  readonly and: readonly MarkedForm[]
  readonly about: readonly MarkedForm[]
  readonly half_a: readonly MarkedForm[]
  readonly ranges: readonly MarkedForm[]
  readonly ordinals: readonly MarkedForm[]
  /** Language -> countries where it is spoken, and words of money that give it away in a text of a few words. */
  readonly spoken: Readonly<
    Record<string, { readonly countries: readonly string[]; readonly words: readonly string[] }>
  >
  readonly many: readonly MarkedForm[]
  readonly price_marks: readonly PriceMark[]
  readonly home: Readonly<Record<string, ByCountry>>
  readonly not_money: readonly MarkedForm[]
  readonly cues: string
  readonly weak_against: string
  readonly pay_names: string
  readonly countables: string
  readonly counted_in_chinese: string
}

/** See content/lexicon/organisations.yaml, where every field is explained. */
export interface OrganisationsLexicon {
  readonly legal: readonly string[]
  readonly strong: readonly string[]
  readonly weak: readonly string[]
  readonly shy: readonly string[]
  readonly heads_latin: readonly string[]
  readonly heads_kept: readonly string[]
  readonly heads_small: readonly string[]
  readonly business_between: readonly string[]
  readonly things: readonly string[]
  readonly things_plain: readonly string[]
  readonly things_shy: readonly string[]
  readonly followers: readonly string[]
  readonly followers_shy: readonly string[]
  readonly behind_coined: {
    readonly nouns: readonly string[]
    readonly desks: readonly string[]
    readonly han: readonly string[]
  }
  readonly around: readonly string[]
  readonly named: readonly string[]
  readonly announcing: readonly string[]
  readonly quoted_things: readonly string[]
  readonly han: {
    readonly tails: readonly string[]
    readonly called: readonly string[]
    readonly quoted: readonly string[]
    readonly work: readonly string[]
    readonly into: readonly string[]
    /** In front of a name that nothing else announces, what stands behind it then, and everyday words that are none. */
    readonly slots: readonly string[]
    readonly slots_sure: readonly string[]
    readonly slot_trails: readonly string[]
    readonly everyday: readonly string[]
    readonly kinds: readonly string[]
    readonly stops: readonly string[]
    readonly generic: readonly string[]
    readonly firms: readonly string[]
    readonly apps: readonly string[]
    readonly hiring: readonly string[]
    readonly brought: readonly string[]
    readonly quoted_ends: readonly string[]
    readonly coined_ends: readonly string[]
    readonly crimes: readonly string[]
    readonly addressed: readonly string[]
    /** Characters, side by side. */
    readonly surnames: string
    readonly everyday_ends: string
  }
  readonly heads: readonly string[]
  readonly heads_dropped: readonly string[]
  readonly heads_shy: readonly string[]
  readonly heads_foreign: readonly string[]
  readonly heads_numbered: readonly string[]
  readonly heads_registered: readonly string[]
  readonly heads_bank: readonly string[]
  readonly announcing_ends: readonly string[]
  readonly demonstratives: readonly string[]
  readonly business_behind: readonly string[]
  readonly tails: readonly string[]
  readonly tails_alone: readonly string[]
  readonly stops: readonly string[]
  readonly generic: readonly string[]
  readonly indic_heads: readonly string[]
  readonly indic_tails: readonly string[]
  readonly indic_tails_weak: readonly string[]
  readonly indic_called: readonly string[]
  readonly indic_kinds: readonly string[]
  readonly indic_called_behind: readonly string[]
  readonly indic_apps: readonly string[]
  readonly indic_named: readonly string[]
  readonly indic_things: readonly string[]
  readonly indic_stops: readonly string[]
  readonly known: readonly {
    readonly name: string
    readonly country: string
    readonly forms: readonly string[]
  }[]
  readonly bank_words: readonly string[]
  readonly not_organisations: string
  readonly platforms: string
  readonly leading: string
  readonly leading_first: string
  readonly breaking: string
  readonly nationalities: string
  readonly ordinary: string
  readonly weighed: {
    readonly frames_sure: readonly string[]
    readonly frames_plain: readonly string[]
    readonly frames_loose: readonly string[]
    readonly frames_bare: readonly string[]
    readonly han_brand: string
    readonly han_not_brand: readonly string[]
    readonly han_frames: readonly string[]
    readonly han_trails: readonly string[]
    readonly han_work: readonly string[]
    readonly han_kept: readonly string[]
    readonly indic_fronts: readonly string[]
    /** Borrowed words of which one by itself is no name yet. */
    readonly indic_alone: readonly string[]
    readonly indic_frames: readonly string[]
    readonly thai_brand: readonly string[]
    readonly sound_brand: readonly string[]
    readonly sound_syllable: readonly string[]
    readonly lucky: readonly string[]
    readonly sound_other: readonly string[]
    readonly number_paid: readonly string[]
    readonly number_of: readonly string[]
    readonly naming: readonly string[]
    readonly named_places: readonly string[]
    readonly numbered: readonly string[]
    readonly indic_brand: readonly string[]
    readonly trails_sure: readonly string[]
    readonly trails_plain: readonly string[]
    readonly brand: string
    readonly coined: { readonly front: readonly string[]; readonly back: readonly string[] }
    readonly kinds_last: readonly string[]
    readonly no_name: readonly string[]
    readonly coined_low: {
      readonly front: readonly string[]
      readonly back: readonly string[]
      readonly numbers: readonly string[]
      readonly numbers_long: readonly string[]
    }
    readonly not_pinyin: readonly string[]
    readonly people: string
    readonly roles: readonly string[]
  }
}

/** See content/lexicon/chat.yaml, where every field is explained. */
export interface ChatLexicon {
  readonly am: readonly string[]
  readonly pm: readonly string[]
  readonly between: readonly string[]
  readonly line_titles: readonly string[]
  readonly line_saved: readonly string[]
  readonly sms_from: readonly string[]
  readonly sms_sent: readonly string[]
  readonly sms_subject: readonly string[]
}

/** Places as one text, an entry a line; see places.csv, countries.csv, towns.csv and place-words.yaml in content/lexicon. */
export interface PlacesLexicon {
  /** `name<tab>country<tab>kind<tab>forms parted by |` */
  readonly places: string
  /** By country: names parted by `|`. */
  readonly towns: Readonly<Record<string, string>>
  readonly locatives: string
  readonly locatives_small: string
  readonly locatives_behind: string
  readonly people_before: string
  readonly people_behind: string
  readonly lower_stop: string
  readonly not_places: string
}

/** Words in front of names of people, by script; `=` marks a form that is written exactly so. */
export interface NamesLexicon {
  readonly titles: readonly MarkedForm[]
  readonly said: readonly MarkedForm[]
  readonly kin: readonly MarkedForm[]
  readonly holders: readonly MarkedForm[]
  readonly particles: readonly string[]
  readonly not_names: string
  readonly not_speakers: readonly string[]
  readonly unspaced: {
    readonly titles: readonly string[]
    readonly said: readonly string[]
    readonly holders: readonly string[]
    readonly not_names: readonly string[]
    readonly stops: readonly string[]
  }
  readonly indic: {
    readonly said: readonly string[]
    readonly holders: readonly string[]
    readonly stops: readonly string[]
  }
  readonly han: {
    readonly said: readonly string[]
    readonly holders: readonly string[]
    readonly titles: readonly string[]
    readonly surnames: string
    readonly stops: string
  }
}
