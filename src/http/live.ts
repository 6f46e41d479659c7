import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Store } from '../store/open.ts'
import type { Ask } from './env.ts'

const Message = z.object({
  topic: z.enum([
    ...['request', 'report', 'session', 'share', 'approval'],
    ...['network', 'group', 'meeting', 'keys'],
  ] as const),
  id: z.string(),
  orgs: z.array(z.string()).default([]),
  /** Single people: their colleagues are not told. */
  members: z.array(z.string()).default([]),
})
type Message = z.infer<typeof Message>

interface Listener {
  readonly org: string
  readonly member: string
  readonly session: string
  readonly tell: (event: string, data: string) => Promise<void>
  readonly close: () => void
}

export const LIVE_CHANNEL = 'firebreak_live'
const HEARTBEAT_MS = 15_000
/** A page that took longer than this from its first question to its stream looks at everything again. */
const MEMORY_MS = 60_000

/** Server-sent events: says where to look again, never what is there. Content is fetched under the reader's own rights. */
export class Live {
  private readonly listeners = new Set<Listener>()
  /** What was passed in the last minute, for those who were just opening their stream. */
  private recent: { readonly at: number; readonly message: Message }[] = []
  /** Nothing is known of what happened before. */
  private knows = Date.now()

  async start(store: Store): Promise<void> {
    await store.listen(
      LIVE_CHANNEL,
      (payload) => this.pass(payload),
      () => {
        this.knows = Date.now()
        this.each((listener) => void listener.tell('again', '{}'))
      },
    )
  }

  /**
   * One open stream. It begins with what happened since the page asked its first question (`since`, ms since 1970 by the clock of
   * this server): else nobody would ever tell it. `alive` is asked at every heartbeat, so a session that ended elsewhere loses its stream.
   */
  stream(c: Ask, alive: () => Promise<boolean>): Response {
    const { org, member, session } = c.var.actor
    const since = /^\d{13}$/.exec(c.req.query('since') ?? '')?.[0]
    const response = streamSSE(c, async (stream) => {
      const closed = Promise.withResolvers<void>()
      const listener: Listener = {
        org,
        member,
        session,
        tell: (event, data) => stream.writeSSE({ event, data }).catch(() => closed.resolve()),
        close: () => closed.resolve(),
      }
      this.listeners.add(listener)
      stream.onAbort(() => closed.resolve())
      if (since !== undefined) await this.catchUp(listener, Number(since))
      const heartbeat = setInterval(async () => {
        if (await alive().catch(() => true)) await stream.write(': here\n\n').catch(() => closed.resolve())
        else closed.resolve()
      }, HEARTBEAT_MS)
      await stream.write(': here\n\n')
      await closed.promise
      clearInterval(heartbeat)
      this.listeners.delete(listener)
    })
    response.headers.set('X-Accel-Buffering', 'no')
    return response
  }

  close(): void {
    this.each((listener) => listener.close())
  }

  get open(): number {
    return this.listeners.size
  }

  private pass(payload: string): void {
    const parsed = Message.safeParse(parseJson(payload))
    if (!parsed.success) return
    const message: Message = parsed.data
    const now = Date.now()
    this.recent = this.recent.filter(({ at }) => at > now - MEMORY_MS)
    this.recent.push({ at: now, message })
    this.each((listener) => {
      if (message.topic !== 'session') void tell(listener, message)
      else if (listener.session === message.id) listener.close()
    })
  }

  private async catchUp(listener: Listener, since: number): Promise<void> {
    if (since < Math.max(this.knows, Date.now() - MEMORY_MS)) await listener.tell('again', '{}')
    else
      for (const { at, message } of this.recent)
        if (at >= since && message.topic !== 'session') await tell(listener, message)
  }

  private each(act: (listener: Listener) => void): void {
    for (const listener of this.listeners) act(listener)
  }
}

async function tell(listener: Listener, { topic, id, orgs, members }: Message): Promise<void> {
  if (orgs.includes(listener.org) || members.includes(listener.member))
    await listener.tell('look', JSON.stringify({ topic, id }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
