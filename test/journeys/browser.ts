import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { serve } from '@hono/node-server'
import chromiumFiles from '@sparticuz/chromium'
import axeCore, { type AxeResults, type RunOptions } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import type { BuiltHouse } from '../../src/house.ts'
import { slowDown } from './slow-line.ts'

/** The two sizes the pages are made for. */
export const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const

/** How long a window waits for what is meant to be seen: what comes is seen at once, on a slow computer too. */
export const WAIT_MS = 120_000

/** Where the Chromium that came with npm lies; unpacked when nobody has done so yet. */
export const browserPath = (): Promise<string> => chromiumFiles.executablePath()

/** A headless Chromium that came with npm. Close it when done. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await browserPath(),
    headless: true,
    timeout: WAIT_MS,
    args: [
      // it runs as root too; one process for all windows of a site, and nothing drawn by an imitated graphics card
      ...['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
      // A server under test is on this computer alone; names under localhost are its own windows (RFC 6761).
      '--host-resolver-rules=MAP *.localhost 127.0.0.1',
    ],
  })
}

interface WindowOptions {
  readonly size?: keyof typeof SIZES
  readonly scheme?: 'light' | 'dark'
  readonly timeZone?: string
}

/** A window with cookies and keys of its own. */
export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<BrowserContext> {
  const { size = 'desk', scheme = 'light', timeZone = 'Asia/Bangkok' } = options
  const window = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: scheme,
    timezoneId: timeZone,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
  })
  window.setDefaultTimeout(WAIT_MS)
  await slowDown(window)
  windows.add(window)
  window.on('close', () => windows.delete(window))
  return window
}

const windows = new Set<BrowserContext>()

/** A test that failed is told by what its pages showed then: on another computer it may not fail again. */
afterEach(async (t) => {
  if ((t as { readonly passed?: boolean }).passed) return
  for (const page of [...windows].flatMap((window) => window.pages())) {
    const shown = await page.innerText('body', { timeout: 1_000 }).catch(String)
    console.log(`shown at ${page.url()}:\n${shown.slice(0, 4_000)}\n`)
  }
})

/** What a page said on its console and in broken promises: a page that is well says nothing. */
export function complaintsOf(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(String(error)))
  return said
}

/** A passkey device inside the browser (WebDriver virtual authenticator), with or without the PRF extension. */
export async function addPasskeyDevice(page: Page, hasPrf: boolean): Promise<string> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return authenticatorId
}

/** The built house behind a port of its own, as `serve` would show it. Needs the pages to be built (`npm test` does). */
export async function listen(built: BuiltHouse): Promise<{ port: number; close(): Promise<void> }> {
  const server = serve({ fetch: built.app.fetch, hostname: '127.0.0.1', port: 0 }) as Server
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The open page in the other scheme, once its last colour has followed: they pass from frame to frame, inwards. */
export async function turn(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.waitForFunction((it) => document.documentElement.dataset.mantineColorScheme === it, scheme)
  await page.evaluate(async () => {
    // what is folded away changes only when it is unfolded
    const changes = ({ effect }: Animation) =>
      effect instanceof KeyframeEffect && effect.target?.checkVisibility() === true
    for (let still = 0; still < 3; ) {
      await new Promise(requestAnimationFrame)
      const running = document.getAnimations().filter((it) => it instanceof CSSTransition)
      still = running.some(changes) ? 0 : still + 1
    }
  })
}

/** Nothing is wider than the window, once everything has its place. */
export async function fits(page: Page, name: string): Promise<void> {
  const wide = () => document.documentElement.scrollWidth - innerWidth
  const placed = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
    .catch(() => null)
  assert.ok(placed, `${name} is ${await page.evaluate(wide)} px too wide`)
}

/** All words of a part, with those of rows that the browser has not drawn yet: `innerText` leaves them out. */
export const wordsOf = async (part: Locator): Promise<string> => (await part.textContent()) ?? ''

/** Waits for what no locator can see. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + WAIT_MS; !(await holds()); ) {
    assert.ok(performance.now() < end, `it never came to be: ${what}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

/** Asks until the answer is this one: what a page shows may follow a moment after what was waited for. */
export async function comesTo<T>(ask: () => Promise<T>, wanted: T, what: string): Promise<void> {
  let now: T | undefined
  const holds = async () => {
    now = await ask()
    return isDeepStrictEqual(now, wanted)
  }
  await until(holds, what).catch((error: unknown) => {
    assert.deepEqual(now, wanted, what)
    throw error
  })
}

/** A field comes to hold this. */
export const fieldHolds = (field: Locator, value: string): Promise<void> =>
  comesTo(() => field.inputValue(), value, `${field} holds what it should`)

/** The ten seconds in which an act can be undone do not run out in this page: on a slow computer, too, a press comes in time. */
export const holdUndo = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const real = globalThis.setInterval
    const UNDO_TICK_MS = 1_000
    const held = (tick: () => void, ms?: number) => (ms === UNDO_TICK_MS ? 0 : real(tick, ms))
    Object.assign(globalThis, { setInterval: held })
  })

/** Where pictures of the pages are put to be looked at; nowhere unless asked for. */
const LOOK = process.env.FIREBREAK_LOOK

/** The page as it stands, light and dark: axe finds nothing. */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await turn(page, scheme)
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${scheme}.png`, fullPage: true })
    assert.deepEqual(await axe(page, scheme === 'light' ? 'all' : 'colours'), [], `${name}, ${scheme}`)
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** All that can differ when the same page is shown in the other scheme. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/**
 * Violations of WCAG 2.2 A and AA that axe finds in the page as it stands, one line each.
 * @param rules  `colours` when the very same page was looked at whole in the other scheme
 */
export async function axe(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  const options: RunOptions = {
    runOnly: rules === 'all' ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOURS },
    resultTypes: ['violations'],
  }
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  const violations = await page.evaluate(async (it) => {
    const { axe } = window as unknown as { axe: { run(of: Document, how: RunOptions): Promise<AxeResults> } }
    return (await axe.run(document, it)).violations
  }, options)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
}

/**
 * Answers that match wait on their way back: `letGo` gives them to the page and settles once it has them.
 * @param meanwhile  what happens once, after the page has asked and before the server hears of it
 */
export async function holdAnswers(
  page: Page,
  which: RegExp,
  meanwhile: () => Promise<void> = async () => {},
): Promise<{ letGo: () => Promise<void> }> {
  const given: Promise<void>[] = []
  let happened: Promise<void> | undefined
  let free = () => {}
  const freed = new Promise<void>((resolve) => {
    free = resolve
  })
  await page.route(which, (route) => {
    const hand = async () => {
      happened ??= meanwhile()
      await happened
      const response = await route.fetch()
      await freed
      await route.fulfill({ response })
    }
    const handed = hand()
    given.push(handed)
    return handed
  })
  const letGo = async () => {
    free()
    await Promise.all(given)
  }
  return { letGo }
}

/** Questions that match wait on their way to the server, as on a slow line; `asked` comes with the first of them. */
export async function holdBack(
  page: Page,
  which: RegExp,
): Promise<{ asked: Promise<void>; letGo: () => void }> {
  let tell = () => {}
  let letGo = () => {}
  const asked = new Promise<void>((resolve) => {
    tell = resolve
  })
  const free = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(which, async (route) => {
    tell()
    await free
    await route.continue().catch(() => undefined) // the page gave it up meanwhile
  })
  return { asked, letGo }
}

/** From the next page on, what the reader found in a whole text waits; what it tells on the way comes at once. */
export async function holdReadings(page: Page): Promise<{ letGo: () => Promise<void> }> {
  const script = await page.addInitScript(() => {
    const listen = Worker.prototype.addEventListener
    const held: (() => void)[] = []
    let holds = true
    Object.assign(Worker.prototype, {
      addEventListener(this: Worker, type: string, hear: (event: Event) => void) {
        listen.call(this, type, (event) => {
          const answer = event instanceof MessageEvent ? event.data.answer : undefined
          // of a text in the box, and of a file
          const whole = answer?.reading !== undefined || answer?.note !== undefined
          if (holds && whole) held.push(() => hear(event))
          else hear(event)
        })
      },
    })
    const letGo = () => {
      holds = false
      for (const go of held.splice(0)) go()
    }
    Object.assign(globalThis, { letReadingsGo: letGo })
  })
  const letGo = async () => {
    await script.dispose()
    await page.evaluate(() => Reflect.get(globalThis, 'letReadingsGo')())
  }
  return { letGo }
}
