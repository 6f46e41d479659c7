import { memo, type Ref, useEffect, useLayoutEffect, useRef, useState } from 'react'
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

interface Painted extends Shown {
  /** Runs that are far from what is seen: their marks are not painted. */
  readonly far: ReadonlySet<Element>
}

/** Paints the marks as ranges over the mirror: its text stays one piece, so shaping and line breaks cannot change. */
export function useHighlights(mirror: { readonly current: HTMLDivElement | null }, it: Painted): void {
  const { chunks, marks, current, far } = it
  useLayoutEffect(() => {
    if (!PAINTS) return
    const ranges = new Map<string, StaticRange[]>(LOOKS.map((look) => [look, []]))
    const now: StaticRange[] = []
    const walk = walker(mirror.current, { chunks, far })
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
  }, [mirror, chunks, marks, current, far])
  useLayoutEffect(() => () => CSS.highlights?.clear(), [])
}

/** Pixels above and below the box within which marks are painted: some screens, so that scrolling finds them there. */
const NEAR = 2_000

const NOTHING: ReadonlySet<Element> = new Set()

interface Within {
  readonly frame: { readonly current: HTMLDivElement | null }
  readonly mirror: { readonly current: HTMLDivElement | null }
  readonly chunks: readonly Chunk[]
}

/**
 * The runs that are known to be far from what is seen. A browser checks every painted range anew with every letter, so a
 * long chat paints only those that can be seen soon. What nobody has looked at yet counts as near.
 */
export function useFar({ frame, mirror, chunks }: Within): ReadonlySet<Element> {
  const [far, setFar] = useState(NOTHING)
  const watch = useRef<{ observer: IntersectionObserver; seen: WeakSet<Element> } | null>(null)
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setFar((before) => farAfter(before, entries)), {
      root: frame.current,
      rootMargin: `${NEAR}px 0px`,
    })
    watch.current = { observer, seen: new WeakSet() }
    return () => observer.disconnect()
  }, [frame])
  // biome-ignore lint/correctness/useExhaustiveDependencies: new runs are new elements, which are watched from then on
  useEffect(() => {
    const { observer, seen } = watch.current ?? {}
    for (const run of mirror.current?.children ?? []) {
      if (seen === undefined || seen.has(run)) continue
      seen.add(run)
      observer?.observe(run)
    }
  }, [mirror, chunks])
  return far
}

function farAfter(
  before: ReadonlySet<Element>,
  entries: readonly IntersectionObserverEntry[],
): ReadonlySet<Element> {
  const changed = entries.filter(({ target, isIntersecting }) => before.has(target) === isIntersecting)
  if (changed.length === 0) return before
  const after = new Set([...before].filter((run) => run.isConnected))
  for (const { target, isIntersecting } of changed) {
    if (isIntersecting) after.delete(target)
    else after.add(target)
  }
  return after
}

/** Finds the ranges of spans that come in order: each chunk is passed once. Null for one that is far. */
function walker(
  root: HTMLDivElement | null,
  { chunks, far }: Pick<Painted, 'chunks' | 'far'>,
): (span: Span) => StaticRange | null {
  let index = 0
  let at = 0
  const place = (offset: number) => {
    while (index < chunks.length - 1 && offset > at + (chunks[index]?.text.length ?? 0)) {
      at += chunks[index]?.text.length ?? 0
      index++
    }
    const run = root?.children[index]
    const node = run && !far.has(run) ? run.firstChild : null
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
