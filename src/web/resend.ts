import { HouseError } from '../core/errors.ts'

/**
 * One act whose body is made anew at each try (keys, salts, ids), so that a second try is not the same request. When the answer to a
 * try was lost, it may have been done: whoever tries again sends that very request first, under its own key, and goes on
 * with its answer. Only what was certainly refused is made anew.
 */
export class Resend<Body, Out> {
  private pending: { readonly body: Body; readonly key: string } | null = null
  private readonly send: (body: Body, key: string) => Promise<Out>

  constructor(send: (body: Body, key: string) => Promise<Out>) {
    this.send = send
  }

  /** Whether an answer is still owed: nothing needs to be made then. */
  get owed(): boolean {
    return this.pending !== null
  }

  /** @param make  is asked only when no answer is owed */
  async run(make: () => Promise<Body>, key: string): Promise<Out> {
    const it = this.pending ?? { body: await make(), key }
    this.pending = it
    try {
      const out = await this.send(it.body, it.key)
      this.pending = null
      return out
    } catch (error) {
      // 'unavailable' is what cannot be known; anything else the server said, and then nothing has changed
      if (!(error instanceof HouseError && error.code === 'unavailable')) this.pending = null
      throw error
    }
  }
}
