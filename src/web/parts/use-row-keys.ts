import { type RefObject, useEffect } from 'react'

/**
 * Keys for a list whose rows carry `data-row` and `tabIndex={-1}`: j and k move, Enter opens the row's first link or fold, x presses
 * what carries `data-mark`. They work wherever the focus is, except in fields.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || !list.current) return
      const rows = [...list.current.querySelectorAll<HTMLElement>('[data-row]')]
      const here = rows.findIndex((row) => row.contains(document.activeElement))
      const row = rows[here]
      if (event.key === 'j' || event.key === 'k') {
        const next = rows[event.key === 'j' ? here + 1 : Math.max(0, here === -1 ? 0 : here - 1)]
        next?.focus()
        next?.scrollIntoView({ block: 'nearest' })
      } else if (event.key === 'Enter' && row && event.target === row)
        row.querySelector<HTMLElement>('a[href], summary')?.click()
      else if (event.key === 'x' && row) row.querySelector<HTMLElement>('[data-mark]')?.click()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [list])
}

function isField(it: EventTarget | null): boolean {
  return it instanceof HTMLElement && (it.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(it.tagName))
}
