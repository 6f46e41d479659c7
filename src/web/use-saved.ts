import { useState } from 'react'

/** State that is there again next time, in this browser: filters and the like, never anything sealed or about a person. */
export function useSaved<T extends object>(name: string, first: T): [T, (next: T) => void] {
  const place = `firebreak ${name}`
  const [value, setValue] = useState(() => ({ ...first, ...stored(place) }))
  const save = (next: T) => {
    setValue(next)
    try {
      localStorage.setItem(place, JSON.stringify(next))
    } catch {
      // a browser that stores nothing forgets the filter; nothing else depends on it
    }
  }
  return [value, save]
}

function stored(place: string): object {
  try {
    const it: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    return typeof it === 'object' && it !== null ? it : {}
  } catch {
    return {}
  }
}
