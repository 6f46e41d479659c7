import type { ReactNode } from 'react'
import { UnlockCard } from '../access/unlock-card.tsx'
import { useStoredKey } from './keys.ts'
import { useMe } from './session.ts'

export type Key =
  | { readonly key: CryptoKey; readonly card: null }
  /** The card to show in place of what needs the key; null only for the moment of looking for it. */
  | { readonly key: null; readonly card: ReactNode }

/**
 * The member's own key, which opens what is sealed to them, or the card that unlocks it.
 * @example const { key, card } = useKey(); if (!key) return card
 */
export function useKey(): Key {
  const me = useMe()
  const key = useStoredKey(me.member.id)
  if (key) return { key, card: null }
  return { key: null, card: key === null ? <UnlockCard me={me} /> : null }
}
