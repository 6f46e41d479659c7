/** What a key does in the list of facts. */
export type KeyAct =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'confirm'
  | 'correct'
  | 'share'
  | 'own'
  | 'remove'
  | 'add'
  | 'undo'
  | 'leave'

const KEYS: ReadonlyMap<string, KeyAct> = new Map([
  ['j', 'next'],
  ['ArrowDown', 'next'],
  ['k', 'previous'],
  ['ArrowUp', 'previous'],
  ['Home', 'first'],
  ['End', 'last'],
  ['c', 'confirm'],
  ['e', 'correct'],
  ['s', 'share'],
  ['p', 'own'],
  ['x', 'remove'],
  ['Delete', 'remove'],
  ['a', 'add'],
  ['u', 'undo'],
  ['Escape', 'leave'],
])

interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The act of a key; `onRow` says that a fact has the focus, and not one of its buttons, where Enter is the button's. */
export function keyAct({ key, ctrlKey, metaKey, altKey }: Pressed, onRow: boolean): KeyAct | null {
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'z') return 'undo'
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'Enter') return onRow ? 'confirm' : null
  return KEYS.get(key) ?? null
}

/** The fact that comes into hand after one was decided: the next open one, else simply the next. */
export function nextOpen(entries: readonly { readonly state: string }[], from: number): number {
  const next = entries.findIndex(({ state }, i) => i > from && state === 'found')
  return next < 0 ? Math.min(from + 1, entries.length - 1) : next
}
