import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import type { Fact } from '../core/fact.ts'
import { newId } from '../core/ids.ts'
import type { Reader } from '../web/reader.ts'
import { asHouseError } from '../web/use-act.ts'
import type { EditorState, LiveFile } from './editor-state.ts'
import { BOX_LIMIT, incoming } from './incoming.ts'
import { type Attempt, sealedAttempt } from './put-sealed.ts'
import type { FilePart } from './read-file.ts'

export interface Files {
  readonly add: (files: readonly File[]) => void
  readonly cancel: (id: string) => void
  readonly remove: (id: string) => void
  readonly retry: (id: string) => void
  /** What was not taken, and why. */
  readonly refusals: readonly string[]
}

interface Given {
  readonly reader: Reader
  readonly country: string
  readonly orgId: string
  readonly now: () => EditorState
  readonly change: (make: (before: EditorState) => EditorState) => void
}

interface Work {
  readonly file: File
  readonly attempt: Attempt
  abort: AbortController
}

/** Files on their way: read when they are text, sealed here, sent one after the other. */
export function useFiles(given: Given): Files {
  const { now, change, reader, country } = given
  const [refusals, setRefusals] = useState<readonly string[]>([])
  const set = useSetFile(change)
  const works = useWorks(given, set)
  const { send, start, stop, signalOf } = works
  const remove = useCallback(
    (id: string) => {
      stop(id)
      change((before) => ({ ...before, files: before.files.filter((it) => it.id !== id) }))
    },
    [change, stop],
  )
  const add = useCallback(
    (files: readonly File[]) => {
      const why: string[] = []
      for (const file of files) {
        const as = incoming(file, now().files.length)
        if (as.as === 'refused') {
          why.push(as.why)
          continue
        }
        const id = start(file)
        const live = liveFile(id, file, as.as === 'evidence' ? as.note : '')
        change((before) => ({ ...before, files: [...before.files, live] }))
        if (as.as === 'text')
          void readOne(id, file, { reader, country, now, change, set, signal: signalOf(id) })
        send(id)
      }
      setRefusals(why)
    },
    [now, change, set, start, send, signalOf, reader, country],
  )
  return { add, cancel: remove, remove, retry: works.retry, refusals }
}

function useSetFile(change: Given['change']): SetFile {
  return useCallback(
    (id, part) =>
      change((before) => ({
        ...before,
        files: before.files.map((it) => (it.id === id ? { ...it, ...part } : it)),
      })),
    [change],
  )
}

/** Sealing and sending, one file after the other; what is on its way when the page goes is given up. */
function useWorks({ orgId }: Given, set: SetFile) {
  const works = useRef(new Map<string, Work>())
  const queue = useRef(Promise.resolve())
  useEffect(() => {
    const running = works.current
    return () => {
      for (const { abort } of running.values()) abort.abort()
    }
  }, [])
  return useMemo(() => {
    const send = (id: string) => {
      const work = works.current.get(id)
      if (work) queue.current = queue.current.then(() => sendOne(id, work, set))
    }
    const start = (file: File) => {
      const id = newId()
      const content = async () => new Uint8Array(await file.arrayBuffer())
      const attempt = sealedAttempt({ kind: 'evidence', content, orgIds: [orgId] })
      works.current.set(id, { file, attempt, abort: new AbortController() })
      return id
    }
    const stop = (id: string) => {
      works.current.get(id)?.abort.abort()
      works.current.delete(id)
    }
    const retry = (id: string) => {
      const work = works.current.get(id)
      if (!work) return
      work.abort = new AbortController()
      set(id, { status: 'waiting', error: null })
      send(id)
    }
    const signalOf = (id: string) => works.current.get(id)?.abort.signal ?? AbortSignal.abort()
    return { send, start, stop, retry, signalOf }
  }, [orgId, set])
}

function liveFile(id: string, { name, type, size }: File, note: string): LiveFile {
  return {
    ...{ id, name, type, size, note },
    sealedId: null,
    status: 'waiting',
    sent: 0,
    total: 0,
    startedAt: Date.now(),
    error: null,
    facts: [],
    payments: [],
    problems: [],
    safety: null,
    reading: null,
  }
}

type SetFile = (id: string, part: Partial<LiveFile>) => void

async function sendOne(id: string, { attempt, abort }: Work, set: SetFile): Promise<void> {
  if (abort.signal.aborted) return
  set(id, { status: 'sealing', startedAt: Date.now() })
  try {
    const sealedId = await attempt.run({
      signal: abort.signal,
      onSealed: (total) => set(id, { status: 'sending', total, sent: 0, startedAt: Date.now() }),
      onSent: (sent) => set(id, { sent }),
    })
    set(id, { status: 'done', sealedId, error: null })
  } catch (cause) {
    if (abort.signal.aborted) return
    set(id, { status: 'failed', error: `Not sent: ${asHouseError(cause).message}.` })
  }
}

interface Reading {
  readonly reader: Reader
  readonly country: string
  readonly now: Given['now']
  readonly change: Given['change']
  readonly set: SetFile
  /** Aborted when the file is taken out. */
  readonly signal: AbortSignal
}

/** Reads a text file for facts; what fits goes into the box, a table and a long text stay beside it. */
async function readOne(
  id: string,
  file: File,
  { reader, country, now, change, set, signal }: Reading,
): Promise<void> {
  const startedAt = Date.now()
  let facts: readonly Fact[] = []
  const tell = ({ done, total, facts: more }: FilePart) => {
    facts = [...facts, ...more]
    const sofar = facts
    // the list may come a moment later; the next letter may not
    startTransition(() => set(id, { facts: sofar, reading: { done, total, startedAt } }))
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const when = new Date(file.lastModified || Date.now()).toISOString()
    const ask = () =>
      reader.file({ name: file.name, bytes, box: now().text, country, now: when }, { tell, signal })
    const wasFree = now().text.trim() === ''
    let read = await ask()
    // dropped together with another, which has come into the box meanwhile
    if (read.text !== null && wasFree && now().text.trim() !== '') read = await ask()
    const { text, facts: all, payments, note, problems, safety } = read
    set(id, {
      reading: null,
      facts: all,
      payments,
      problems,
      safety,
      note: text === null ? note : `${note} Its text stands in the box.`.trim(),
    })
    if (text === null) return
    change((before) => {
      const lines = text.replaceAll(/\r\n?/g, '\n')
      const joined = before.text.trim() === '' ? lines : `${before.text.trimEnd()}\n\n${lines}`
      if (joined.length <= BOX_LIMIT) return { ...before, text: joined }
      const full = 'The box is full, so its text is not in it; it is kept as evidence.'
      return { ...before, files: before.files.map((it) => (it.id === id ? { ...it, note: full } : it)) }
    })
  } catch (cause) {
    if (signal.aborted) return
    const { message, code } = asHouseError(cause)
    const what =
      cause instanceof HouseError && code === 'invalid'
        ? message
        : 'It could not be read; it is kept as evidence, unchanged'
    set(id, { reading: null, note: `${what}.` })
  }
}
