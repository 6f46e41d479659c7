import { startTransition, useEffect, useMemo, useState } from 'react'
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
  /** It takes longer than typing: a note may say so. */
  readonly slow: boolean
  /** Share of a long text that is read so far; null when all of it is. */
  readonly share: number | null
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

/** A long text whose first pieces are read. */
interface Sofar extends Pick<ReadNow, 'facts' | 'names' | 'refused'> {
  readonly text: string
  readonly share: number
}

const NOTHING: Latest = { text: '', reading: null, assessment: null, lure: null }

/** Reads the text in the worker as it is typed. `country` is the reporter's. */
export function useReading(
  text: string,
  country: string,
): { readonly reading: ReadNow; readonly reader: Reader } {
  const [reader] = useState(openReader)
  const [latest, setLatest] = useState(NOTHING)
  const [sofar, setSofar] = useState<Sofar | null>(null)
  const [slow, setSlow] = useState(false)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => () => reader.stop(), [reader])

  useEffect(() => {
    if (text === latest.text) return
    let over = false
    const note = setTimeout(() => setSlow(true), PAUSE + SLOW)
    const giveUp = () => {
      reader.stop()
      setError(
        new Error('this text takes too long to read; drop the part that matters as a file, or shorten it'),
      )
    }
    let stop = setTimeout(giveUp, PAUSE + GIVE_UP)
    const tell = (part: ReadPart) => {
      if (over) return
      clearTimeout(stop)
      stop = setTimeout(giveUp, GIVE_UP)
      if (part.done < part.total) startTransition(() => setSofar((before) => withPart(before, part, text)))
    }
    const done = () => {
      clearTimeout(note)
      clearTimeout(stop)
      setSlow(false)
    }
    const start = setTimeout(() => {
      reader
        .read({ text, country, now: new Date().toISOString() }, tell)
        .then((answer) => {
          if (over || answer === null) return
          // what was read may come a moment later; the next letter may not
          startTransition(() => {
            setLatest({ text, reading: answer.reading, assessment: answer.assessment, lure: answer.lure })
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
  }, [text, latest.text, reader, country])

  const reading = useMemo(
    (): ReadNow => ({
      // what is read of a long text stands there before the whole is; a text that was changed since begins anew
      ...(sofar?.text === text ? told(sofar) : whole(latest)),
      reading: latest.reading,
      assessment: latest.assessment,
      lure: latest.lure,
      slow,
      error,
    }),
    [text, sofar, latest, slow, error],
  )
  return { reading, reader }
}

type Told = Pick<ReadNow, 'readText' | 'facts' | 'names' | 'refused' | 'share'>

function told({ text, ...rest }: Sofar): Told {
  return { readText: text, ...rest }
}

function whole({ text, reading }: Latest): Told {
  const { facts = NONE, names = NONE, refused = NONE } = reading ?? {}
  return { readText: text, facts, names, refused, share: null }
}

function withPart(before: Sofar | null, part: ReadPart, text: string): Sofar {
  const { facts, names, refused } =
    before?.text === text && before.share < part.done / part.total ? before : EMPTY
  return {
    text,
    facts: [...facts, ...part.facts],
    names: [...names, ...part.names],
    refused: [...refused, ...part.refused],
    share: part.done / part.total,
  }
}

const NONE: readonly never[] = []
const EMPTY = { facts: NONE, names: NONE, refused: NONE }
