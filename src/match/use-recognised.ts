import { useEffect, useRef, useState } from 'react'
import type { FactKind } from '../core/fact.ts'
import { openReader, type Reader } from '../web/reader.ts'
import { type Asked, recognised } from './recognise.ts'

export type { Asked } from './recognise.ts'

interface Recognised {
  readonly asked: readonly Asked[]
  /** The newest text is still being read. */
  readonly busy: boolean
  /** The person says what the thing at this place is. */
  readonly change: (index: number, kind: FactKind) => void
}

/** What in a text can be asked about; read on this device, anew a moment after each change. */
export function useRecognised(text: string, country: string): Recognised {
  const reader = useRef<Reader | null>(null)
  const [asked, setAsked] = useState<readonly Asked[]>([])
  const [busy, setBusy] = useState(false)
  useEffect(() => () => reader.current?.stop(), [])
  useEffect(() => {
    if (text.trim() === '') {
      setAsked([])
      setBusy(false)
      return
    }
    setBusy(true)
    const timer = setTimeout(async () => {
      reader.current ??= openReader()
      const answer = await reader.current.read({ text, country }).catch(unread)
      if (answer === null) return
      setAsked((before) => recognised(text, answer.reading, before))
      setBusy(false)
    }, 150)
    return () => clearTimeout(timer)
  }, [text, country])
  const change = (index: number, kind: FactKind) =>
    setAsked((before) =>
      before.map((it, i) =>
        i === index ? { ...it, identifier: { ...it.identifier, kind }, why: 'you say so' } : it,
      ),
    )
  return { asked, busy, change }
}

/** The lines are then offered as they stand, and the person says what each is. */
function unread(error: unknown) {
  console.error('the reader failed', error)
  return { reading: { facts: [], refused: [] } }
}
