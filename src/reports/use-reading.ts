import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Assessment } from '../assess/assess.ts'
import type { Lure } from '../assess/lure.ts'
import type { Fact } from '../core/fact.ts'
import type { Reading, Refusal, SealedName } from '../extract/reading.ts'
import type { ReadPart } from '../web/read-pieces.ts'
import { openReader, type Reader } from '../web/reader.ts'

/** What the text said when it was last read. Every place is one of `readText`: what was typed since moves it. */
export interface ReadNow {
  readonly readText: string
  readonly facts: readonly Fact[]
  readonly names: readonly SealedName[]
  readonly refused: readonly Refusal[]
  readonly reading: Reading | null
  readonly assessment: Assessment | null
  readonly lure: Lure | null
  /** Why no signs were looked for; null when they were. */
  readonly noSigns: string | null
  /** How far a text is read that takes longer than typing; null when all of it is. */
  readonly long: LongReading | null
  readonly error: unknown
}

/** A long text while it is read, counted in UTF-16 units. */
export interface LongReading {
  readonly done: number
  readonly total: number
  /** ms since 1970. */
  readonly startedAt: number
  /** The person has stopped it, or it took too long. */
  readonly stopped: boolean
}

interface Latest {
  readonly text: string
  readonly reading: Reading | null
  readonly assessment: Assessment | null
  readonly lure: Lure | null
  readonly noSigns: string | null
  /** Which time it was asked for. */
  readonly turn: number
}

/** Milliseconds without a letter before the text is read. */
const PAUSE = 150
const SLOW = 600
/** Letters from which it is said that a text is being read: a shorter one is read before that could be. */
const NOTED = 50_000
/** A reading that has not come by then never will: the worker is ended and the person told. */
const GIVE_UP = 60_000

/** A long text whose first pieces are read. */
interface Sofar extends Pick<ReadNow, 'facts' | 'names' | 'refused'> {
  readonly text: string
  readonly long: LongReading
}

/** What a person may do while a long text is read. */
export interface LongActs {
  /** Keeps what was found until now. */
  readonly stop: () => void
  /** Reads the text again from its beginning. */
  readonly again: () => void
}

const NOTHING: Latest = { text: '', reading: null, assessment: null, lure: null, noSigns: null, turn: 0 }

/** Reads the text in the worker as it is typed. `country` is the reporter's. */
export function useReading(
  text: string,
  country: string,
): { readonly reading: ReadNow; readonly reader: Reader; readonly long: LongActs } {
  const [reader] = useState(openReader)
  const [latest, setLatest] = useState(NOTHING)
  const [sofar, setSofar] = useState<Sofar | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  const halt = useRef<() => void>(() => undefined)
  useEffect(() => {
    reader.warm()
    return () => reader.stop()
  }, [reader])

  useEffect(() => {
    // a new turn reads the same text again
    if (text === latest.text && turn === latest.turn) return
    let over = false
    let startedAt = 0
    // nobody looks at a page that does nothing: what takes long says so before its first part is read
    const note = setTimeout(() => {
      if (text.length < NOTED) return
      setSofar((before) => (before?.text === text ? before : begun({ text, startedAt })))
    }, PAUSE + SLOW)
    const giveUp = () => {
      halt.current()
      setError(
        new Error('this text takes too long to read; drop the part that matters as a file, or shorten it'),
      )
    }
    let stop = setTimeout(giveUp, PAUSE + GIVE_UP)
    const tell = (part: ReadPart) => {
      if (over) return
      clearTimeout(stop)
      stop = setTimeout(giveUp, GIVE_UP)
      if (part.done < part.total)
        startTransition(() => setSofar((before) => withPart(before, part, { text, startedAt })))
    }
    const done = () => {
      clearTimeout(note)
      clearTimeout(stop)
    }
    halt.current = () => {
      over = true
      done()
      reader.stop()
      setSofar((before) => before && { ...before, long: { ...before.long, stopped: true } })
    }
    const start = setTimeout(() => {
      startedAt = Date.now()
      reader
        .read({ text, country, now: new Date().toISOString() }, tell)
        .then((answer) => {
          if (over || answer === null) return
          // what was read may come a moment later; the next letter may not
          startTransition(() => {
            const { reading, assessment, lure, noSigns } = answer
            setLatest({ text, reading, assessment, lure, noSigns, turn })
            setSofar(null)
            setError(null)
          })
        })
        .catch((cause: unknown) => !over && setError(cause))
        .finally(done)
    }, PAUSE)
    return () => {
      over = true
      clearTimeout(start)
      done()
    }
  }, [text, latest.text, latest.turn, reader, country, turn])

  const reading = useMemo(
    (): ReadNow => ({
      ...shownOf(sofar?.text === text ? sofar : null, latest),
      reading: latest.reading,
      assessment: latest.assessment,
      lure: latest.lure,
      noSigns: latest.noSigns,
      error,
    }),
    [text, sofar, latest, error],
  )
  const stop = useCallback(() => halt.current(), [])
  const again = useCallback(() => {
    setSofar(null)
    setError(null)
    setTurn((before) => before + 1)
  }, [])
  const long = useMemo(() => ({ stop, again }), [stop, again])
  return { reading, reader, long }
}

type Told = Pick<ReadNow, 'readText' | 'facts' | 'names' | 'refused' | 'long'>

/**
 * What is read of a long text stands there before the whole is. Where one was read before, its facts stay until the new
 * ones are there: with every letter typed, the list would lose all but its beginning for a while.
 */
function shownOf(sofar: Sofar | null, { text, reading }: Latest): Told {
  const long = sofar?.long ?? null
  if (sofar !== null && sofar.long.done > 0 && (reading === null || sofar.long.stopped)) {
    const { facts, names, refused } = sofar
    return { readText: sofar.text, facts, names, refused, long }
  }
  const { facts = NONE, names = NONE, refused = NONE } = reading ?? {}
  return { readText: text, facts, names, refused, long }
}

interface Begun {
  readonly text: string
  readonly startedAt: number
}

function begun({ text, startedAt }: Begun): Sofar {
  return { text, ...EMPTY, long: { done: 0, total: text.length, startedAt, stopped: false } }
}

function withPart(before: Sofar | null, part: ReadPart, { text, startedAt }: Begun): Sofar {
  const goesOn = before?.text === text && before.long.startedAt === startedAt
  const { facts, names, refused } = goesOn ? before : EMPTY
  return {
    text,
    facts: [...facts, ...part.facts],
    names: [...names, ...part.names],
    refused: [...refused, ...part.refused],
    long: { done: part.done, total: part.total, startedAt, stopped: false },
  }
}

const NONE: readonly never[] = []
const EMPTY = { facts: NONE, names: NONE, refused: NONE }
