import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { serve } from '@hono/node-server'
import chromiumFiles from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { BuiltHouse } from '../../src/house.ts'

/** The two sizes the pages are made for. */
export const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const

/** A headless Chromium that came with npm. Close it when done. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromiumFiles.executablePath()
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...chromiumFiles.args.filter((arg) => !arg.startsWith('--headless') && arg !== '--single-process'),
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
  return browser.newContext({
    viewport: SIZES[size],
    colorScheme: scheme,
    timezoneId: timeZone,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
  })
}

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

/** Violations of WCAG 2.2 A and AA that axe finds in the page as it stands, one line each. */
export async function axe(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
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
