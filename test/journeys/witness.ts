import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { complaintsOf, openWindow } from './browser.ts'
import type { DemoServer } from './demo-server.ts'

type WindowOptions = NonNullable<Parameters<typeof openWindow>[1]>

/** One person at their own window, with a record of all that went out of it and came in. */
export interface Person {
  readonly page: Page
  readonly window: BrowserContext
  readonly base: string
  /** Method, address, headers and body of everything the window sent. */
  readonly sent: readonly Sent[]
  /** Everything the server answered to this window's questions of the API, as text. */
  heard(): Promise<readonly Heard[]>
  /** Errors and warnings of console, content security policy and promises. */
  readonly said: string[]
}

export interface Sent {
  readonly method: string
  readonly url: string
  readonly whole: Buffer
}

export interface Heard {
  readonly path: string
  readonly text: string
}

/** A window that watches itself; nobody is signed in yet. */
export async function openPerson(
  browser: Browser,
  base: string,
  options: WindowOptions = {},
): Promise<Person> {
  const window = await openWindow(browser, options)
  const sent: Sent[] = []
  const answers: Promise<Heard>[] = []
  window.on('request', (request) => sent.push(record(request)))
  window.on('response', (response) => {
    const path = new URL(response.url()).pathname
    // what is live never ends; what it says is asked for at once, and heard then
    if (!path.startsWith('/api/') || path === '/api/live') return
    answers.push(
      response.text().then(
        (text) => ({ path, text }),
        (): Heard => ({ path, text: '' }), // the page went on before the answer was whole
      ),
    )
  })
  const page = await window.newPage()
  const said = complaintsOf(page)
  return { page, window, base, sent, said, heard: () => Promise.all(answers) }
}

function record(request: Request): Sent {
  const head = [
    request.url(),
    ...Object.entries(request.headers()).map(([name, value]) => `${name}: ${value}`),
  ]
  return {
    method: request.method(),
    url: request.url(),
    whole: Buffer.concat([
      Buffer.from(`${head.join('\n')}\n\n`),
      request.postDataBuffer() ?? Buffer.alloc(0),
    ]),
  }
}

/** Signs one of the demo people in at their own address, by the password that stands there already. */
export async function signIn(
  browser: Browser,
  server: DemoServer,
  { host, ...options }: WindowOptions & { readonly host: string },
): Promise<Person> {
  const person = await openPerson(browser, server.at(host), options)
  const { page, base } = person
  await page.goto(`${base}/sign-in`)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.waitForURL(`${base}/`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return person
}

/** Hosts other than a person's own that their window asked anything of. */
export function strangers({ sent, base }: Person): string[] {
  return sent
    .map(({ url }) => new URL(url))
    .filter(({ protocol, host }) => /^(?:http|ws)/.test(protocol) && host !== new URL(base).host)
    .map(({ href }) => href)
}

/** Four letters of base64 stand in keys and signatures by chance, eight do not. */
const LEAST_BASE64 = 8

/** A word as it stands, in UTF-16, in hex, percent-encoded, and in base64 at each of the three offsets where it is long enough. */
export function writings(word: string): (string | Buffer)[] {
  const bytes = Buffer.from(word)
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return text.slice(shift === 0 ? 0 : 4, -4)
  })
  const telling = base64.filter((it) => it.length >= LEAST_BASE64)
  const hex = bytes.toString('hex')
  return [word, Buffer.from(word, 'utf16le'), hex, hex.toUpperCase(), encodeURIComponent(word), ...telling]
}

/** The writings of these words that stand in there, each with what stands around it. */
export function found(there: Buffer, words: readonly string[]): string[] {
  return words.flatMap((word) =>
    writings(word)
      .map((it) => ({ it, at: there.indexOf(it) }))
      .filter(({ at }) => at >= 0)
      .map(({ it, at }) => `${word}, as ${it}: ${there.subarray(Math.max(0, at - 200), at + 200)}`),
  )
}

const SHOTS = resolve(import.meta.dirname, '../../artefacts/journeys')

/** Keeps a picture of the page as it stands. */
export async function keepShot(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage })
}

/** Puts words into the clipboard and pastes them where the focus is, as a person would. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await page.keyboard.press('Control+V')
}
