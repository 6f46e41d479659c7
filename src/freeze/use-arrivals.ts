import { useEffect, useRef, useState } from 'react'
import { changedSince, type Desk, deskNews } from './desk.ts'
import { soundIsOn, switchSound, twoTones } from './desk-sound.ts'

export interface Arrivals {
  /** Ids of what arrived or changed a short while ago. */
  readonly fresh: ReadonlySet<string>
  /** The same in words, for a live region. */
  readonly said: string
  readonly sound: boolean
  readonly setSound: (on: boolean) => void
}

/** How long a row is called new. */
const FRESH_MS = 90_000

/**
 * Tells what is new on the desk from one look to the next: in the rows, in words, and by a sound if it is allowed.
 * @param asking  the desk is being asked for: what an earlier visit left is no base for news, least of all of own acts
 */
export function useArrivals(desk: Desk, asking: boolean): Arrivals {
  const based = useRef(false)
  const before = useRef<ReturnType<typeof deskNews> | null>(null)
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const [sound, setSoundState] = useState(soundIsOn)

  useEffect(() => {
    const now = deskNews(desk, Date.now())
    const changed = based.current ? changedSince(before.current, now) : []
    before.current = now
    if (!asking) based.current = true
    if (changed.length === 0) return
    const ids = changed.map(({ id }) => id)
    setFresh((old) => new Set([...old, ...ids]))
    setSaid(changed.map(({ words }) => words).join('. '))
    if (soundIsOn()) twoTones()
    const timer = setTimeout(() => {
      timers.current.delete(timer)
      setFresh((old) => new Set([...old].filter((id) => !ids.includes(id))))
    }, FRESH_MS)
    timers.current.add(timer)
  }, [desk, asking])

  useEffect(() => {
    const running = timers.current
    return () => {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    }
  }, [])

  const setSound = (on: boolean) => {
    switchSound(on)
    setSoundState(on)
    if (on) twoTones()
  }
  return { fresh, said, sound, setSound }
}
