/** What a screening of the same files says of protection, for whoever follows their money or asks for a freeze. */
export interface Protection {
  /** Names of the signs that the holder may be a trafficked person, by `protectionKey` of the account. */
  readonly signs: ReadonlyMap<string, readonly string[]>
  /** Rules that look for such signs: those that were asked, and those that the files could not answer. */
  readonly judged: number
  readonly unjudged: number
}

/** An account as two readers of one file may write it: a mark must not be lost over a blank. */
export const protectionKey = (account: string) => account.replaceAll(/[\s-]/g, '').toUpperCase()

export const signsOn = (protection: Protection | null, account: string): readonly string[] =>
  protection?.signs.get(protectionKey(account)) ?? []

/**
 * What was asked about the holders of these accounts, in words; silence is never told as an all-clear.
 * @param protection  null where nothing was asked
 */
export function protectionWords(protection: Protection | null, accounts: readonly string[]): string {
  const these = accounts.length === 1 ? 'this account' : 'these accounts'
  if (protection === null || protection.judged === 0)
    return `The holder${accounts.length === 1 ? '' : 's'} of ${these} ${accounts.length === 1 ? 'was' : 'were'} not screened: no rule that looks for a trafficked holder was asked.`
  const signed = new Set(accounts.filter((it) => signsOn(protection, it).length > 0)).size
  const told =
    signed > 0
      ? `Protection first: signs that the holder may be a trafficked person stand on ${accounts.length === 1 ? these : `${signed === 1 ? 'one' : signed} of ${these}`}.`
      : `The rules that look for a trafficked holder found no sign on ${these}; that proves nothing.`
  const { unjudged, judged } = protection
  return unjudged > 0
    ? `${told} ${unjudged} of ${unjudged + judged} of these rules could not be judged on these files, and their silence means nothing.`
    : told
}

/** What goes with the words of a freeze request for one account; never a judgement of its holder. */
export function pledgeWords(signs: readonly string[], screened: boolean, second: string): string {
  const found =
    signs.length > 0
      ? `Protection first: signs that the holder may be a trafficked person stand on this account (${signs.join('; ')}). Speak with a caseworker of the network before anything is done.${second ? ` Read as the second person by ${second}.` : ''}`
      : screened
        ? 'The rules that look for a trafficked holder found no sign on this account; that proves nothing.'
        : 'The holder was not screened for signs of trafficking; nothing is known of whether they are free.'
  return `${found} A person who was made to do this must not be punished for it: please hold this amount only, do not close the account, and make no call that others could hear.`
}
