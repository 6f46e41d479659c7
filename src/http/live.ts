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
  readonly tell: (event: string, data: string) => void
  readonly close: () => void
}

export const LIVE_CHANNEL = 'firebreak_live'
const HEARTBEAT_MS = 15_000

/** Server-sent events: says where to look again, never what is there. Content is fetched under the reader's own rights. */
export class Live {
  private readonly listeners = new Set<Listener>()

  async start(store: Store): Promise<void> {
    await store.listen(
      LIVE_CHANNEL,
      (payload) => this.pass(payload),
      () => this.each((listener) => listener.tell('again', '{}')),
    )
  }

  /** One open stream. `alive` is asked at every heartbeat, so a session that ended elsewhere loses its stream. */
  stream(c: Ask, alive: () => Promise<boolean>): Response {
    const { org, member, session } = c.var.actor
    const response = streamSSE(c, async (stream) => {
      const closed = Promise.withResolvers<void>()
      const listener: Listener = {
        org,
        member,
        session,
        tell: (event, data) => void stream.writeSSE({ event, data }).catch(() => closed.resolve()),
        close: () => closed.resolve(),
      }
      this.listeners.add(listener)
      stream.onAbort(() => closed.resolve())
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
    const look = JSON.stringify({ topic: message.topic, id: message.id })
    this.each((listener) => {
      if (message.topic === 'session') {
        if (listener.session === message.id) listener.close()
      } else if (message.orgs.includes(listener.org) || message.members.includes(listener.member))
        listener.tell('look', look)
    })
  }

  private each(act: (listener: Listener) => void): void {
    for (const listener of this.listeners) act(listener)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
