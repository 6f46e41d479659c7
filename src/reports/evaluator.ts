import { Worker } from 'node:worker_threads'
import { HouseError } from '../core/errors.ts'
import { type Evaluation, publicMatchKey } from '../match/blind.ts'

/** Evaluates blinded identifiers on a thread of its own: 2.5 ms each would hold up everybody else. */
export class Evaluator {
  readonly publicKey: string
  private readonly matchKey: string
  private worker: Worker | null = null
  private readonly waiting = new Map<number, PromiseWithResolvers<Evaluation>>()
  private last = 0

  constructor(matchKey: string) {
    this.matchKey = matchKey
    this.publicKey = publicMatchKey(matchKey)
  }

  /** Throws `invalid` naming the element that is not one, `unavailable` when the thread died. */
  evaluate(blinded: readonly string[]): Promise<Evaluation> {
    const id = ++this.last
    const answer = Promise.withResolvers<Evaluation>()
    this.waiting.set(id, answer)
    this.thread().postMessage({ id, blinded })
    return answer.promise
  }

  async stop(): Promise<void> {
    await this.worker?.terminate()
  }

  private thread(): Worker {
    if (this.worker) return this.worker
    const worker = new Worker(new URL('./evaluator.worker.ts', import.meta.url), {
      workerData: { matchKey: this.matchKey },
    })
    worker.unref()
    worker.on('message', (message: { id: number; evaluation?: Evaluation; refused?: string }) => {
      const answer = this.waiting.get(message.id)
      this.waiting.delete(message.id)
      if (message.evaluation) answer?.resolve(message.evaluation)
      else answer?.reject(new HouseError('invalid', message.refused ?? 'not evaluated'))
    })
    worker.on('error', (cause) => this.lose(cause))
    worker.on('exit', () => this.lose(new Error('the matching thread ended')))
    this.worker = worker
    return worker
  }

  private lose(cause: Error): void {
    this.worker = null
    for (const answer of this.waiting.values()) {
      answer.reject(
        new HouseError('unavailable', 'matching is not answering; nothing was changed; try again', { cause }),
      )
    }
    this.waiting.clear()
  }
}
