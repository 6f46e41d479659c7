/** Little words by language; `others` are languages the house does not read. Words are parted by blanks. */
export interface LanguagesLexicon {
  readonly languages: Readonly<Record<string, string>>
  readonly others: Readonly<Record<string, string>>
  /** `simplified[i]` and `traditional[i]` are one character in the two ways of writing Chinese. */
  readonly simplified: string
  readonly traditional: string
}
