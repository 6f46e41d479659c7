import { memo, type Ref, useLayoutEffect } from 'react'
import { type Chunk, piecesOf } from './chunks.ts'
import type { Span } from './edit.ts'
import styles from './text-box.module.css'

export type Look = 'found' | 'sealed' | 'shared' | 'refused' | 'name'
const LOOKS: readonly Look[] = ['found', 'sealed', 'shared', 'refused', 'name']

/** A place in the text that is marked; `key` is the fact's. */
export interface Mark extends Span {
  readonly key: string
  readonly look: Look
}

/** Whether this browser paints ranges; where it does not, the mirror is cut into marks. */
const PAINTS = typeof CSS !== 'undefined' && 'highlights' in CSS

interface Shown {
  readonly chunks: readonly Chunk[]
  readonly marks: readonly Mark[]
  readonly current: string | null
}

/** Paints the marks as ranges over the mirror: its text stays one piece, so shaping and line breaks cannot change. */
export function useHighlights(mirror: { readonly current: HTMLDivElement | null }, it: Shown): void {
  const { chunks, marks, current } = it
  useLayoutEffect(() => {
    if (!PAINTS) return
    const ranges = new Map<string, StaticRange[]>(LOOKS.map((look) => [look, []]))
    const now: StaticRange[] = []
    const walk = walker(mirror.current, chunks)
    for (const mark of marks) {
      const range = walk(mark)
      if (range === null) continue
      ranges.get(mark.look)?.push(range)
      if (mark.key === current) now.push(range)
    }
    for (const [look, these] of ranges) CSS.highlights.set(`fact-${look}`, new Highlight(...these))
    const first = new Highlight(...now)
    first.priority = 1
    CSS.highlights.set('fact-current', first)
    return () => CSS.highlights.clear()
  }, [mirror, chunks, marks, current])
}

/** Finds the ranges of spans that come in order: each chunk is passed once. */
function walker(root: HTMLDivElement | null, chunks: readonly Chunk[]): (span: Span) => StaticRange | null {
  let index = 0
  let at = 0
  const place = (offset: number) => {
    while (index < chunks.length - 1 && offset > at + (chunks[index]?.text.length ?? 0)) {
      at += chunks[index]?.text.length ?? 0
      index++
    }
    const node = root?.children[index]?.firstChild
    return node instanceof Text ? { node, offset: Math.min(offset - at, node.length) } : null
  }
  return ({ start, end }) => {
    const from = place(start)
    const to = place(end)
    if (!from || !to || from.offset < 0) return null
    return new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    })
  }
}

export function rangeOf(root: HTMLDivElement | null, chunks: readonly Chunk[], span: Span): Range | null {
  let at = 0
  for (const [i, chunk] of chunks.entries()) {
    if (span.start < at + chunk.text.length) {
      const element = root?.children[i]
      if (!element) return null
      const range = document.createRange()
      const node = element.firstChild
      if (PAINTS && node instanceof Text) {
        range.setStart(node, Math.min(span.start - at, node.length))
        range.setEnd(node, Math.min(span.end - at, node.length))
      } else range.selectNode(element)
      return range
    }
    at += chunk.text.length
  }
  return null
}

export function scrollTo(frame: HTMLDivElement | null, range: Range | null): void {
  if (!frame || !range) return
  const here = range.getBoundingClientRect()
  const view = frame.getBoundingClientRect()
  if (here.top >= view.top + 16 && here.bottom <= view.bottom - 16) return
  frame.scrollTop += here.top - view.top - frame.clientHeight / 3
}

interface MirrorProps extends Shown {
  readonly inner: Ref<HTMLDivElement>
  /** The whole text: what ends with a line end has one line more, which only the box would have. */
  readonly end: string
}

export function Mirror({ chunks, marks, current, inner, end }: MirrorProps) {
  let at = 0
  return (
    <div className={styles.mirror} ref={inner} aria-hidden="true">
      {chunks.map(({ id, text }) => {
        const start = at
        at += text.length
        return PAINTS ? (
          <Run key={id} text={text} />
        ) : (
          <div key={id}>
            {piecesOf(text, start, marks).map(({ text: piece, mark }, i) => {
              const name = `${id} ${i}`
              return <Piece key={name} text={piece} mark={markAt(marks, mark)} current={current} />
            })}
          </div>
        )
      })}
      {(end === '' || end.endsWith('\n')) && <div>{'\u200b'}</div>}
    </div>
  )
}

const Run = memo(function Run({ text }: { readonly text: string }) {
  return <div>{text}</div>
})

function Piece({ text, mark, current }: { text: string; mark: Mark | null; current: string | null }) {
  if (mark === null) return text
  return (
    <mark data-look={mark.look} data-current={mark.key === current}>
      {text}
    </mark>
  )
}

function markAt(marks: readonly Mark[], index: number | null): Mark | null {
  return index === null ? null : (marks[index] ?? null)
}
