import { useState } from 'react'
import { forgetAllKept, KEPT } from './kept-forms.ts'
import { whenForgotten } from './session.ts'

/**
 * A form that is there again after a reload of this tab, and gone with the tab, once it was sent, or when its member signs out: for
 * what names people outside, which a browser that others use must not keep. Returns value, change and forget.
 * @param first  what an empty form holds; what was kept fills in what it names
 */
export function useKept<T extends object>(name: string, first: () => T): [T, (next: T) => void, () => void] {
  const place = KEPT + name
  const [value, setValue] = useState<T>(() => ({ ...first(), ...kept(place) }))
  const keep = (next: T) => {
    setValue(next)
    try {
      sessionStorage.setItem(place, JSON.stringify(next))
    } catch {
      // a browser that keeps nothing loses the form with a reload, as before
    }
  }
  return [value, keep, () => forgetKept(place)]
}

whenForgotten(() => {
  try {
    forgetAllKept(sessionStorage)
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
})

function forgetKept(place: string): void {
  try {
    sessionStorage.removeItem(place)
  } catch {
    // nothing was kept there
  }
}

function kept(place: string): object {
  try {
    const it: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}')
    return typeof it === 'object' && it !== null ? it : {}
  } catch {
    return {}
  }
}
