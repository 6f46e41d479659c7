import { useRef, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'

export interface Act<In, Out> {
  /** Does it; answers null when it failed and `error` says why. */
  readonly run: (it: In) => Promise<Out | null>
  readonly busy: boolean
  readonly error: HouseError | null
  readonly clear: () => void
}

/**
 * One act of a person on the server, with one idempotency key: pressing twice, or trying again after a failure, has one
 * effect. What is sent again unchanged keeps its key; when something was changed first, it is another act.
 * @example const send = useAct((it: Sent, key) => api.requestNew(it, key), (request) => open(request.id))
 */
export function useAct<In, Out>(
  act: (it: In, key: string) => Promise<Out>,
  onDone?: (out: Out, it: In) => unknown,
): Act<In, Out> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<HouseError | null>(null)
  const last = useRef<{ said: string; key: string } | null>(null)
  const running = useRef<Promise<Out | null> | null>(null)

  const once = async (it: In): Promise<Out | null> => {
    const said = JSON.stringify(it) ?? ''
    if (last.current?.said !== said) last.current = { said, key: newId() }
    setBusy(true)
    setError(null)
    try {
      const out = await act(it, last.current.key)
      last.current = null
      await onDone?.(out, it)
      return out
    } catch (cause) {
      setError(asHouseError(cause))
      return null
    } finally {
      setBusy(false)
      running.current = null
    }
  }
  const run = (it: In) => {
    running.current ??= once(it)
    return running.current
  }
  return { run, busy, error, clear: () => setError(null) }
}

/** Whatever was thrown, as something that can be said to a person. */
export function asHouseError(cause: unknown): HouseError {
  if (cause instanceof HouseError) return cause
  console.error(cause)
  return new HouseError('conflict', 'something broke in this page; what you typed is still here, try again', {
    cause,
  })
}
