import type { BrowserContext } from 'playwright-core'

/** How long a question and its answer are each held at most, in ms. */
const LONGEST = 400

/**
 * A window as on a slow line and a slow computer, to find what only comes out there. Off unless asked for:
 * `FIREBREAK_TEST_LAG` is a seed, from which comes how long each question of the API and each answer is held (0 to 400 ms each, the
 * same again for the same seed, address and turn); `FIREBREAK_TEST_SLOW` is how many times slower pages compute.
 * Held within the page: routes, cookies, broken lines and live news stay as they are.
 */
export async function slowDown(window: BrowserContext): Promise<void> {
  const { FIREBREAK_TEST_LAG: seed, FIREBREAK_TEST_SLOW: rate } = process.env
  if (seed) await window.addInitScript(lag, { seed, longest: LONGEST })
  if (!rate) return
  window.on('page', async (page) => {
    const session = await window.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: Number(rate) })
  })
}

/** Runs in the page, before anything of its own. */
function lag({ seed, longest }: { readonly seed: string; readonly longest: number }): void {
  const turns = new Map<string, number>()
  /** FNV-1a with a last mix, so that turns next to each other lie far apart. */
  const drawn = (words: string) => {
    let hash = 0x811c9dc5
    for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return (((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32) * longest
  }
  const held = (words: string) => new Promise((done) => setTimeout(done, drawn(`${seed} ${words}`)))
  const real = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : String(input), location.href)
    if (!pathname.startsWith('/api/')) return real(input, init)
    const turn = (turns.get(pathname) ?? 0) + 1
    turns.set(pathname, turn)
    const signal = init?.signal
    await held(`${pathname} question ${turn}`)
    // given up meanwhile: `fetch` says so itself, as it does for what never left
    const answer = await real(input, init)
    await held(`${pathname} answer ${turn}`)
    signal?.throwIfAborted()
    return answer
  }
}
