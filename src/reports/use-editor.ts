import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Me } from '../access/shapes.ts'
import { api } from '../web/api.ts'
import { ownRecipient } from '../web/own-key.ts'
import { queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { whenForgotten, whenSigningOut } from '../web/session.ts'
import { asHouseError } from '../web/use-act.ts'
import { draftBytes, isEmpty, type ReportDraft, sealedIn } from './draft.ts'
import { draftOf, type EditorState, stateOf } from './editor-state.ts'
import { type Keeper, type Kept, openKeeper } from './keeper.ts'

/** What changes a report and keeps it; the same objects as long as the page stands. */
export interface EditorTools {
  /** The state this moment, also between two renderings. */
  readonly now: () => EditorState
  readonly change: (make: (before: EditorState) => EditorState) => void
  /** Keeps the draft now; throws when it cannot be. */
  readonly flush: () => Promise<void>
  /** The report is saved: the draft goes, and nothing is kept any more. */
  readonly drop: () => Promise<void>
}

export interface Editor {
  readonly state: EditorState
  readonly kept: Kept
  readonly tools: EditorTools
}

/** Of every editor that is open, or was left before everything in it was kept; by draft. */
const keepers = new Map<string, Keeper<EditorState>>()

whenSigningOut(() => Promise.allSettled([...keepers.values()].map((keeper) => keeper.flush())))
whenForgotten(() => {
  for (const keeper of keepers.values()) void keeper.end()
  keepers.clear()
})

/** What was written in an editor that was just left is kept first, before its draft is read again. Throws while the server is away. */
export async function keptByNow(draftId: string): Promise<void> {
  try {
    await keepers.get(draftId)?.flush()
  } catch (cause) {
    // what is refused (too large) stays refused: what was kept before it is read
    if (asHouseError(cause).code === 'unavailable') throw cause
  }
}

/**
 * A report while it is written. Every change is sealed to the member alone and kept a second later; while the server is
 * away, that is tried until it succeeds.
 */
export function useEditor(draftId: string, first: ReportDraft, me: Me['member']): Editor {
  const [state, setState] = useState(() => stateOf(first))
  const [kept, setKept] = useState<Kept>({ is: 'nothing yet' })
  const latest = useRef(state)
  const [own] = useState(ownFrom)
  const [keeper] = useState(() =>
    openKeeper<EditorState>({
      tell: setKept,
      put: async (it) => {
        const draft = draftOf(it, new Date())
        if (isEmpty(draft)) return
        const plain = new Uint8Array(draftBytes(draft))
        const recipient = await own(me)
        await api.draftPut(draftId, await seal('draft', { plain, recipient }), sealedIn(draft))
      },
    }),
  )
  const change = useCallback(
    (make: (before: EditorState) => EditorState) => {
      const next = make(latest.current)
      if (next === latest.current) return
      latest.current = next
      setState(next)
      keeper.change(next)
    },
    [keeper],
  )
  useKeptOnLeaving(keeper, draftId)
  const drop = useCallback(async () => {
    await keeper.end()
    await api.draftDelete(draftId).catch(() => undefined) // the report is there; a draft that stays can be thrown away by hand
    await queryClient.invalidateQueries({ queryKey: ['drafts'] })
  }, [keeper, draftId])
  const tools = useMemo(
    () => ({ now: () => latest.current, change, flush: keeper.flush, drop }),
    [change, keeper, drop],
  )
  return { state, kept, tools }
}

/** My own key, until the server has named another one as mine: then nothing is sealed here, also once the key is locked. */
function ownFrom(): typeof ownRecipient {
  let refused: unknown = null
  return async (me) => {
    if (refused !== null) throw refused
    return ownRecipient(me).catch((cause: unknown) => {
      refused = cause
      throw cause
    })
  }
}

/** What is not kept yet is kept when the page is left, or goes to the background. */
function useKeptOnLeaving(keeper: Keeper<EditorState>, draftId: string): void {
  useEffect(() => {
    keepers.set(draftId, keeper)
    const leave = (event: BeforeUnloadEvent) => {
      if (keeper.isWaiting()) event.preventDefault()
    }
    // a phone may close a page that went to the background without another word
    const hide = () => void keeper.flush().catch(() => undefined)
    addEventListener('beforeunload', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      removeEventListener('beforeunload', leave)
      document.removeEventListener('visibilitychange', hide)
      const gone = () => keepers.get(draftId) === keeper && keepers.delete(draftId)
      void keeper
        .flush()
        .then(gone, () => undefined) // it goes on trying, and whoever comes back to the draft waits for it
        .then(() => queryClient.invalidateQueries({ queryKey: ['drafts'] }))
    }
  }, [keeper, draftId])
}
