import { useMemo } from 'react'
import { editBetween, moveSpans } from './edit.ts'
import type { Entry } from './entries.ts'
import type { Mark } from './text-mirror.tsx'
import type { ReadNow } from './use-reading.ts'

interface Marked {
  readonly entries: readonly Entry[]
  readonly reading: ReadNow
  /** What looks wrong and nobody has dealt with. */
  readonly open: ReadNow['refused']
  /** The text as it stands now; marks of the last reading move along with what was typed since. */
  readonly text: string
}

/** Where the text is marked: facts by how they were decided, what looks wrong, and names. */
export function useMarks({ entries, reading, open, text }: Marked): readonly Mark[] {
  const { names, refused, readText } = reading
  const marks = useMemo(() => {
    const marks: Mark[] = entries.flatMap((entry) =>
      entry.places
        .filter(({ source }) => source === 'text')
        .map(({ start, end }) => ({ start, end, key: entry.key, look: lookOf(entry) })),
    )
    const shown = refused.filter((it) => open.some(({ text, kind }) => text === it.text && kind === it.kind))
    for (const { start, end } of shown) marks.push({ start, end, key: `refused ${start}`, look: 'refused' })
    for (const { start, end } of names) marks.push({ start, end, key: `name ${start}`, look: 'name' })
    return apart(marks.sort((a, b) => a.start - b.start))
  }, [entries, names, refused, open])
  return useMemo(() => moveSpans(marks, editBetween(readText, text)), [marks, readText, text])
}

function lookOf({ state, shared }: Entry): Mark['look'] {
  if (state === 'found') return 'found'
  return shared ? 'shared' : 'sealed'
}

/** The earlier of two marks that overlap. */
function apart(marks: readonly Mark[]): Mark[] {
  let end = 0
  return marks.filter((mark) => {
    if (mark.start < end) return false
    end = mark.end
    return true
  })
}
