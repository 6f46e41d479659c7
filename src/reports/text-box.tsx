import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { WarnIcon } from '../web/parts/icons.tsx'
import { type Chunk, chunksAfter, chunksOf } from './chunks.ts'
import { readsRightToLeft } from './direction.ts'
import { editBetween, type Span } from './edit.ts'
import { PASTED, pastedAside, READ_LIMIT, tooLong } from './incoming.ts'
import styles from './text-box.module.css'
import { type Mark, Mirror, rangeOf, scrollTo, useFar, useHighlights } from './text-mirror.tsx'

export interface TextBoxHandle {
  readonly focus: () => void
  /** Brings a place into view. */
  readonly show: (span: Span) => void
  /** What is selected now, or was when the box lost the focus. */
  readonly selection: () => { readonly start: number; readonly end: number }
}

export interface TextBoxProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** Sorted by start, without overlaps. */
  readonly marks: readonly Mark[]
  readonly current: string | null
  /** The caret stands in a marked place. */
  readonly onPick: (key: string) => void
  readonly onFiles: (files: readonly File[]) => void
  readonly onAdd: () => void
  /** Esc: on to the list. */
  readonly onLeave: () => void
  readonly handle: Ref<TextBoxHandle>
}

/** The text as it is typed or pasted, with the facts marked in it. */
export function TextBox(props: TextBoxProps) {
  const { text, marks, current, handle } = props
  const frame = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const chunks = useChunks(text)
  const far = useFar({ frame, mirror, chunks })
  useHighlights(mirror, { chunks, marks, current, far })
  const shown = useShownText(box, text)
  useImperativeHandle(handle, () => ({
    focus: () => box.current?.focus({ preventScroll: true }),
    show: (span) => scrollTo(frame.current, rangeOf(mirror.current, chunks, span)),
    selection: () => ({ start: box.current?.selectionStart ?? 0, end: box.current?.selectionEnd ?? 0 }),
  }))
  const { refused, aside, change, paste, drop } = useIncoming(box, props)
  const { over, ...dragged } = useDragOver(drop)
  return (
    <>
      <div ref={frame} className={over ? `${styles.frame} ${styles.over}` : styles.frame} {...dragged}>
        <div className={styles.stack} data-reads={chunks.some(readsRightToLeft) ? 'both' : 'left-to-right'}>
          <Mirror chunks={chunks} marks={marks} current={current} inner={mirror} end={text} />
          <textarea
            ref={box}
            className={styles.box}
            aria-label="Chat, statement or advertisement, in the person’s own words"
            aria-describedby="text-box-refused text-box-help"
            placeholder="Paste a chat, a statement or an advertisement here, in any language, or drop a file. It is read in this browser; nothing leaves while you write but the sealed draft."
            onInput={(event) => {
              shown.current = event.currentTarget.value
              change(shown.current)
            }}
            onPaste={paste}
            onSelect={() => pickAt(box.current, props)}
            onKeyDown={(event) => press(event, props)}
            {...PRIVATE}
          />
        </div>
      </div>
      <div id="text-box-refused" role="alert">
        {refused !== null && (
          <p className={styles.refused}>
            <WarnIcon /> {refused}
          </p>
        )}
      </div>
      <p role="status" className="quiet small">
        {aside}
      </p>
      <Legend />
    </>
  )
}

/**
 * The box holds its own text and is told only of what came from elsewhere: a controlled one would write all of it twice with
 * every letter. What it shows is kept here, as asking the box costs as much.
 */
function useShownText(box: Box, text: string): { current: string } {
  const shown = useRef('')
  useLayoutEffect(() => {
    if (box.current === null || shown.current === text) return
    box.current.value = text
    shown.current = text
  })
  return shown
}

/** A browser's spell checker or an extension may send what is typed to its maker. */
const PRIVATE = {
  autoComplete: 'off',
  autoCapitalize: 'off',
  autoCorrect: 'off',
  spellCheck: false,
  'data-gramm': 'false',
  translate: 'no',
} as const

interface Box {
  readonly current: HTMLTextAreaElement | null
}

/** Text and files that come in. Pasted text that does not fit becomes a file; typed text is refused right there. */
function useIncoming(box: Box, { text, onText, onFiles }: TextBoxProps) {
  const [refused, setRefused] = useState<string | null>(null)
  const [aside, setAside] = useState<string | null>(null)
  const change = (next: string) => {
    const why = next.length < text.length ? null : tooLong(0, next.length)
    setRefused(why)
    setAside(null)
    if (why === null) onText(next)
  }
  const take = (
    event: ClipboardEvent | DragEvent,
    { files, words, over }: { files: readonly File[]; words: string; over: number },
  ) => {
    const why = files.length > 0 ? null : tooLong(text.length - over, words.length)
    const long = why !== null && words.length <= READ_LIMIT
    setRefused(long ? null : why)
    setAside(long ? pastedAside(words.length) : null)
    if (why !== null) event.preventDefault()
    const taken = long ? [new File([words], PASTED, { type: 'text/plain' })] : files
    if (taken.length === 0) return
    onFiles(taken)
    event.preventDefault()
  }
  const paste = (event: ClipboardEvent) => {
    const { selectionStart = 0, selectionEnd = 0 } = box.current ?? {}
    const more = event.clipboardData.getData('text/plain')
    // what a program copies as text and as a picture of the text is wanted as text
    const files = more === '' ? [...event.clipboardData.files] : []
    take(event, { files, words: more, over: selectionEnd - selectionStart })
  }
  const drop = (event: DragEvent) => {
    const { files } = event.dataTransfer
    take(event, { files: [...files], words: event.dataTransfer.getData('text/plain'), over: 0 })
  }
  return { refused, aside, change, paste, drop }
}

function useDragOver(drop: (event: DragEvent) => void) {
  const [over, setOver] = useState(false)
  return {
    over,
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      drop(event)
    },
  }
}

/** The caret stands in a marked place: that fact comes into hand. */
function pickAt(box: HTMLTextAreaElement | null, { marks, onPick }: TextBoxProps): void {
  const { selectionStart: at = 0, selectionEnd: end = 0 } = box ?? {}
  const mark = at === end ? marks.find((it) => it.start <= at && at <= it.end) : undefined
  if (mark) onPick(mark.key)
}

function press(event: KeyboardEvent, { onLeave, onAdd }: TextBoxProps): void {
  if (event.key === 'Escape' && !event.nativeEvent.isComposing) onLeave()
  else if (event.altKey && event.code === 'KeyA') onAdd()
  else return
  event.preventDefault()
}

/** What each kind of line under the words means. */
function Legend() {
  return (
    <ul className={styles.key} id="text-box-help">
      {LOOKS.map(([look, words]) => (
        <li key={look}>
          <span data-look={look}>{words}</span>
        </li>
      ))}
      <li className={styles.keys}>
        <kbd>Esc</kbd> to the facts, <kbd>Alt A</kbd> add what is selected
      </li>
    </ul>
  )
}

const LOOKS = [
  ['found', 'found'],
  ['sealed', 'confirmed, sealed'],
  ['shared', 'confirmed, shared'],
  ['refused', 'look again'],
] as const

/** The runs of the text; only those that an edit touched are new. */
function useChunks(text: string): readonly Chunk[] {
  const last = useRef<{ text: string; chunks: readonly Chunk[] } | null>(null)
  const before = last.current
  if (before?.text === text) return before.chunks
  const edit = before ? editBetween(before.text, text) : null
  const chunks = before && edit ? chunksAfter(before.chunks, edit, text) : chunksOf(text)
  last.current = { text, chunks }
  return chunks
}
