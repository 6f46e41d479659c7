/** How the places of forms begin that a tab keeps over a reload. */
export const KEPT = 'firebreak kept '

/** Nothing of what one person typed stays for the next. */
export function forgetAllKept(storage: Storage): void {
  const places = Array.from({ length: storage.length }, (_, i) => storage.key(i))
  for (const place of places) if (place?.startsWith(KEPT)) storage.removeItem(place)
}
