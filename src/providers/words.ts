import type { Provider } from './shapes.ts'

/** In groups of four, as it is read aloud. */
export function spelled(word: string): string {
  return word.replace(/[\s-]/g, '').replace(/(.{4})(?=.)/g, '$1-')
}

/** Where a provider is told to send people back to. */
export function redirectUri(origin: string, providerId: string): string {
  return `${origin}/signed-in/${providerId}`
}

/** Whom of the provider's people the house takes, as a sentence. */
export function ruleWords(
  it: Pick<Provider, 'emailDomains' | 'claim' | 'acr' | 'amr' | 'maxAgeMinutes'>,
): string {
  const parts = [
    ...(it.emailDomains.length > 0 ? [`their address ends in @${it.emailDomains.join(' or @')}`] : []),
    ...(it.claim ? [`${it.claim.name} is ${it.claim.value}`] : []),
    ...(it.acr ? [`acr is ${it.acr.split(/\s+/).join(' or ')}`] : []),
    ...(it.amr ? [`amr holds ${it.amr}`] : []),
    ...(it.maxAgeMinutes ? [`they signed in there at most ${it.maxAgeMinutes} minutes ago`] : []),
  ]
  return `Lets in who connected their account, when ${parts.join(', and ')}.`
}

const STATES: Readonly<Record<Provider['state'], string>> = {
  asked: 'waits for a second person',
  lapsed: 'was not confirmed within two weeks',
  live: 'in use',
  ended: 'ended',
}
export const stateWords = (it: Pick<Provider, 'state'>): string => STATES[it.state]
