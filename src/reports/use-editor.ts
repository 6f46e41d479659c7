import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Me } from '../access/shapes.ts'
import type { ErrorCode } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ownRecipient } from '../web/own-key.ts'
import { queryClient } from '../web/queries.ts'
import { whenForgotten, whenSigningOut } from '../web/session.ts'
import { asHouseError } from '../web/use-act.ts'
import { copyOf, isEmpty, type ReportDraft } from './draft.ts'
import { draftOf, type EditorState, stateOf } from './editor-state.ts'
import { type Keeper, type Kept, openKeeper } from './keeper.ts'
import { putDraft } from './put-draft.ts'
import { versionsFrom } from './versions.ts'

/** What changes a report and keeps it; the same objects as long as the page stands. */
export interface EditorTools {
  /** The state this moment, also between two renderings. */
  readonly now: () => EditorState
  readonly change: (make: (before: EditorState) => EditorState) => void
  /** Keeps the draft now; throws when it cannot be. */
  readonly flush: () => Promise<void>
  /** The report is saved: the draft goes, and nothing is kept any more. */
  readonly drop: () => Promise<void>
  /** Keeps what is here as a draft of its own and answers its id; the other draft stays as somebody else keeps it. */
  readonly keepApart: () => Promise<string>
  /** Lets what is here go: nothing of it is kept any more. */
  readonly letGo: () => Promise<void>
}

export interface Editor {
  readonly state: EditorState
  readonly kept: Kept
  readonly tools: EditorTools
}

/** An editor that is left. */
interface Leaving {
  readonly keeper: Keeper<EditorState>
  /** Keeps what waits: under its own draft, or beside it when that was changed elsewhere. Throws while the server is away. */
  readonly settle: () => Promise<void>
}

/** Of every editor that is open, or was left before everything in it was kept; by draft. */
const editors = new Map<string, Leaving>()

whenSigningOut(() => Promise.allSettled([...editors.values()].map(({ settle }) => settle())))
whenForgotten(() => {
  for (const { keeper } of editors.values()) void keeper.end()
  editors.clear()
})

/** What was written in an editor that was just left is kept first, before its draft is read again. Throws while the server is away. */
export async function keptByNow(draftId: string): Promise<void> {
  try {
    await editors.get(draftId)?.settle()
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
  const closed = useRef(false)
  const [own] = useState(ownFrom)
  const [versions] = useState(() => versionsFrom(first.version))
  const [keeper] = useState(() =>
    openKeeper<EditorState>({
      tell: setKept,
      put: async (it) => {
        const name = versions.next()
        const draft = draftOf(it, new Date(), name.as)
        if (isEmpty(draft)) return
        await putDraft(draftId, { draft, after: name.after, recipient: await own(me) })
        versions.kept()
      },
    }),
  )
  const change = useCallback(
    (make: (before: EditorState) => EditorState) => {
      // what comes to an editor that was left, such as an answer of the network, would overtake whoever opened the draft since
      if (closed.current) return
      const next = make(latest.current)
      if (next === latest.current) return
      latest.current = next
      setState(next)
      keeper.change(next)
    },
    [keeper],
  )
  const drop = useCallback(async () => {
    await keeper.end()
    await api.draftDelete(draftId).catch(() => undefined) // the report is there; a draft that stays can be thrown away by hand
    await queryClient.invalidateQueries({ queryKey: ['drafts'] })
  }, [keeper, draftId])
  const keepApart = useCallback(async () => {
    const id = newId()
    const draft = { ...copyOf(draftOf(latest.current, new Date())), version: newId() }
    await putDraft(id, { draft, after: '', recipient: await own(me) })
    await keeper.end()
    return id
  }, [keeper, own, me])
  useKeptOnLeaving(draftId, { keeper, keepApart, closed })
  const tools = useMemo(
    () => ({ now: () => latest.current, change, flush: keeper.flush, drop, keepApart, letGo: keeper.end }),
    [change, keeper, drop, keepApart],
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

/** Whether the draft is no longer what was opened: changed in another window, or gone. */
export function isElsewhere(code: ErrorCode | null): boolean {
  return code === 'conflict' || code === 'not_found'
}

interface Left {
  readonly keeper: Keeper<EditorState>
  readonly keepApart: () => Promise<string>
  /** Set once all is kept: from then on another editor may write the draft. */
  readonly closed: { current: boolean }
}

/** What is not kept yet is kept when the page is left, or goes to the background. */
function useKeptOnLeaving(draftId: string, { keeper, keepApart, closed }: Left): void {
  useEffect(() => {
    let left = false
    closed.current = false
    const settle = async () => {
      try {
        do await keeper.flush()
        while (keeper.isWaiting())
        closed.current = left
      } catch (cause) {
        if (!isElsewhere(asHouseError(cause).code)) throw cause
        await keepApart()
      }
    }
    const it = { keeper, settle }
    editors.set(draftId, it)
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
      left = true
      const gone = () => editors.get(draftId) === it && editors.delete(draftId)
      void settle()
        .then(gone, () => undefined) // it goes on trying, and whoever comes back to the draft waits for it
        .then(() => queryClient.invalidateQueries({ queryKey: ['drafts'] }))
    }
  }, [draftId, keeper, keepApart, closed])
}
