import { Socket } from 'node:net'
import pg from 'pg'

/**
 * A client of the pool. What is asked within one turn of the event loop leaves in one packet: a write to the socket costs
 * more than most of our queries.
 * @param url  asked at each connection: after a restart of the database the port may be another
 */
export function clientFor(url: () => string): typeof pg.Client {
  return class extends pg.Client {
    private readonly socket: Socket
    private gathering = false

    constructor() {
      const socket = new Socket()
      // queries that do not wait for each other travel together
      super({
        connectionString: url(),
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
        pipeline: true,
        stream: () => socket,
        // planning under nested policies costs more than running, and no statement of ours is better off planned five times
        options: '-c plan_cache_mode=force_generic_plan',
      })
      this.socket = socket
      // a connection that dies between two queries fails the next one, which says so; it must not end the program
      this.on('error', () => {})
    }

    override query(...asked: unknown[]): never {
      this.gather()
      return super.query(...(asked as [string])) as never
    }

    private gather(): void {
      if (this.gathering) return
      this.gathering = true
      this.socket.cork()
      process.nextTick(() => {
        this.gathering = false
        this.socket.uncork()
      })
    }
  }
}
