import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { type Chunk, chunksAfter, chunksOf } from './chunks.ts'
import { editBetween, type Span } from './edit.ts'
import { tooLong } from './incoming.ts'
import styles from './text-box.module.css'
import { type Mark, Mirror, rangeOf, scrollTo, useHighlights } from './text-mirror.tsx'

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
  /** Text that does not fit, with what to do instead; nothing was changed. */
  readonly onRefused: (why: string) => void
  readonly onAdd: () => void
  /** Esc: on to the list. */
  readonly onLeave: () => void
  readonly handle: Ref<TextBoxHandle>
}

/** The text as it is typed or pasted, with the facts marked in it. */
export function TextBox(props: TextBoxProps) {
  const { text, marks, current, onText, onPick, onFiles, onRefused, onAdd, onLeave, handle } = props
  const frame = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  const chunks = useChunks(text)
  useHighlights(mirror, { chunks, marks, current })

  useImperativeHandle(handle, () => ({
    focus: () => box.current?.focus({ preventScroll: true }),
    show: (span) => scrollTo(frame.current, rangeOf(mirror.current, chunks, span)),
    selection: () => ({ start: box.current?.selectionStart ?? 0, end: box.current?.selectionEnd ?? 0 }),
  }))

  const change = (next: string) => {
    const why = tooLong(0, next.length)
    if (why === null || next.length < text.length) onText(next)
    else onRefused(why)
  }
  const paste = (event: ClipboardEvent) => {
    const { files } = event.clipboardData
    const more = event.clipboardData.getData('text/plain')
    const at = box.current
    const kept = text.length - ((at?.selectionEnd ?? 0) - (at?.selectionStart ?? 0))
    const why = tooLong(kept, more.length)
    if (files.length > 0 && more === '') onFiles([...files])
    else if (why !== null) onRefused(why)
    else return
    event.preventDefault()
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const { files } = event.dataTransfer
    const why = tooLong(text.length, event.dataTransfer.getData('text/plain').length)
    if (files.length > 0) onFiles([...files])
    else if (why !== null) onRefused(why)
    else return
    event.preventDefault()
  }
  const pick = () => {
    const { selectionStart: at = 0, selectionEnd: end = 0 } = box.current ?? {}
    const mark = at === end ? marks.find((it) => it.start <= at && at <= it.end) : undefined
    if (mark) onPick(mark.key)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) onLeave()
    else if (event.altKey && event.code === 'KeyA') onAdd()
    else return
    event.preventDefault()
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it that does the same */}
      <div
        ref={frame}
        className={over ? `${styles.frame} ${styles.over}` : styles.frame}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className={styles.stack}>
          <Mirror chunks={chunks} marks={marks} current={current} inner={mirror} end={text} />
          <textarea
            ref={box}
            className={styles.box}
            value={text}
            aria-label="Chat, statement or advertisement, in the person’s own words"
            aria-describedby="text-box-help"
            placeholder="Paste a chat, a statement or an advertisement here, in any language, or drop a file. It is read in this browser; nothing leaves while you write but the sealed draft."
            onChange={(event) => change(event.currentTarget.value)}
            onPaste={paste}
            onSelect={pick}
            onKeyDown={press}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            // a browser's spell checker may send what is typed to its maker
            spellCheck={false}
            data-gramm="false"
            translate="no"
          />
        </div>
      </div>
      <ul className={styles.key} id="text-box-help">
        <li>
          <span data-look="found">found</span>
        </li>
        <li>
          <span data-look="sealed">confirmed, sealed</span>
        </li>
        <li>
          <span data-look="shared">confirmed, shared</span>
        </li>
        <li>
          <span data-look="refused">look again</span>
        </li>
        <li className={styles.keys}>
          <kbd>Esc</kbd> to the facts, <kbd>Alt A</kbd> add what is selected
        </li>
      </ul>
    </>
  )
}

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
