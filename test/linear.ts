import assert from 'node:assert/strict'

/** Milliseconds of processor time below which the collector of memory weighs more than the work. */
const FLOOR = 20
/** Other work on the machine can only slow a run down: one good pair of runs is proof enough. */
const TRIES = 5

/**
 * Four times the text takes no more than eight times as long, on a machine of any speed; what grows with the square
 * takes sixteen times as long.
 * @param piece   what the text repeats
 * @param length  UTF-16 units of the shorter text
 */
export function staysLinear(work: (text: string) => unknown, piece: string, length = 100_000): void {
  const said: string[] = []
  for (let i = 0; i < TRIES; i++) {
    const short = cost(work, piece, length)
    const long = cost(work, piece, 4 * length)
    if (long <= 8 * Math.max(short, FLOOR)) return
    said.push(`${short.toFixed()} ms for ${length} units, ${long.toFixed()} ms for four times as many`)
  }
  assert.fail(said.join('; '))
}

/** Processor time of this thread: it does not count what others do on the machine at the same time. */
function cost(work: (text: string) => unknown, piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length))
  const began = process.threadCpuUsage()
  work(text)
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1_000
}
