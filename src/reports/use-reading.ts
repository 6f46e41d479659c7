import { startTransition, useEffect, useMemo, useState } from 'react'
import type { Assessment } from '../assess/assess.ts'
import type { Lure } from '../assess/lure.ts'
import type { Fact } from '../core/fact.ts'
import type { Reading, Refusal, SealedName } from '../extract/reading.ts'
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
  /** It takes longer than typing: a note may say so. */
  readonly slow: boolean
  readonly error: unknown
}

interface Latest {
  readonly text: string
  readonly reading: Reading | null
  readonly assessment: Assessment | null
  readonly lure: Lure | null
}

/** Milliseconds without a letter before the text is read. */
const PAUSE = 150
const SLOW = 600
/** A reading that has not come by then never will: the worker is ended and the person told. */
const GIVE_UP = 20_000

const NOTHING: Latest = { text: '', reading: null, assessment: null, lure: null }

/** Reads the text in the worker as it is typed. `country` is the reporter's. */
export function useReading(
  text: string,
  country: string,
): { readonly reading: ReadNow; readonly reader: Reader } {
  const [reader] = useState(openReader)
  const [latest, setLatest] = useState(NOTHING)
  const [slow, setSlow] = useState(false)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => () => reader.stop(), [reader])

  useEffect(() => {
    if (text === latest.text) return
    let over = false
    const tell = setTimeout(() => setSlow(true), PAUSE + SLOW)
    const stop = setTimeout(() => {
      reader.stop()
      setError(
        new Error('this text takes too long to read; drop the part that matters as a file, or shorten it'),
      )
    }, PAUSE + GIVE_UP)
    const done = () => {
      clearTimeout(tell)
      clearTimeout(stop)
      setSlow(false)
    }
    const start = setTimeout(() => {
      reader
        .read({ text, country, now: new Date().toISOString() })
        .then((answer) => {
          if (over || answer === null) return
          // what was read may come a moment later; the next letter may not
          startTransition(() => {
            setLatest({ text, reading: answer.reading, assessment: answer.assessment, lure: answer.lure })
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
  }, [text, latest.text, reader, country])

  const reading = useMemo(
    (): ReadNow => ({
      readText: latest.text,
      facts: latest.reading?.facts ?? NONE,
      names: latest.reading?.names ?? NONE,
      refused: latest.reading?.refused ?? NONE,
      reading: latest.reading,
      assessment: latest.assessment,
      lure: latest.lure,
      slow,
      error,
    }),
    [latest, slow, error],
  )
  return { reading, reader }
}

const NONE: readonly never[] = []
