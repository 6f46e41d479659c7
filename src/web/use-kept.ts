import { useState } from 'react'

/**
 * A form that is there again after a reload of this tab, and gone with the tab or once it was sent: for what names people
 * outside, which a browser that others use must not keep. Returns value, change and forget.
 * @param first  what an empty form holds; what was kept fills in what it names
 */
export function useKept<T extends object>(name: string, first: () => T): [T, (next: T) => void, () => void] {
  const place = `firebreak ${name}`
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
