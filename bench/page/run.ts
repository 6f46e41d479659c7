import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { testHouse } from '../../test/house.ts'
import { textBox } from '../../test/journeys/asking.ts'
import { windowsOf } from '../../test/journeys/house-window.ts'
import { loadCases } from '../extract/cases.ts'
import { percentile } from '../stats.ts'

/**
 * How long the page of a new report holds still while somebody types in a long text, or pastes one; and how soon its
 * reader answers. Real browser, built pages (`npm run build` or a start of the house first).
 *
 *   node bench/page/run.ts [--write]
 */
const { values: flags } = parseArgs({ options: { write: { type: 'boolean' } } })

const LENGTH = 200_000
const LETTERS = 60
/** Milliseconds between two letters: a quick typist. */
const BEAT = 80
const STARTS = 7
/** Longest that the page may hold still (issue of the reading room). */
const AIM = 50
const READY_AIM = 300

interface Seen {
  readonly longest: number
  readonly over: number
  readonly toPaintP98: number
  readonly toPaintWorst: number
  readonly letters: number
}

const text = (await mixed(LENGTH)).slice(0, LENGTH)
const house = await testHouse()
const windows = await windowsOf(house)
try {
  const { page } = await windows.open('arunee', '/reports/new')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const worker = { ...(await workerReady(page)), withThePage: await readyWithThePage(page) }
  await watch(page)
  await textBox(page).click()
  await page.evaluate((it) => navigator.clipboard.writeText(it), text)
  const pasted = await during(page, () => page.keyboard.press('ControlOrMeta+v'), 12_000)
  const typedAtEnd = await during(page, () => type(page), 3_000)
  await page.keyboard.press('ControlOrMeta+Home')
  const typedAtHead = await during(page, () => type(page), 3_000)
  await page.keyboard.press('ControlOrMeta+a')
  await page.evaluate((it) => navigator.clipboard.writeText(it), text + text)
  const replaced = await during(page, () => page.keyboard.press('ControlOrMeta+v'), 20_000)
  const floor = await plainBox(page)
  const result = {
    letters: LENGTH,
    floor,
    pasted,
    typedAtEnd,
    typedAtHead,
    replacedByTwice: replaced,
    worker,
  }
  console.log(JSON.stringify(result, null, 1))
  console.log(`aims: nothing over ${AIM} ms while typing; worker ready in ${READY_AIM} ms`)
  if (flags.write)
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 1)}\n`)
} finally {
  await windows.close()
  await house.close()
}

/** The documents of the bench of reading, one after the other, up to a length. */
async function mixed(length: number): Promise<string> {
  const all = loadCases()
    .map((one) => one.text)
    .join('\n\n')
  return all.repeat(Math.ceil(length / all.length))
}

async function type(page: Page): Promise<void> {
  await page.keyboard.type('she paid 500 USD to 081-234-5678 in Poipet, and then '.slice(0, LETTERS), {
    delay: BEAT,
  })
}

/** Keeps every long task (50 ms and more) and every event from its beginning to the next paint. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = { tasks: [] as number[], events: [] as number[] }
    Object.assign(window, { kept })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.tasks.push(duration)
    }).observe({ type: 'longtask' })
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (name === 'keydown' || name === 'paste' || name === 'input') kept.events.push(duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
}

/** What was seen while something was done, and in the time after it. */
async function during(page: Page, act: () => Promise<void>, rest: number): Promise<Seen> {
  await clear(page)
  await act()
  await page.waitForTimeout(rest)
  const { tasks, events } = await keptOf(page)
  const letters = await textBox(page).evaluate((box) => (box as HTMLTextAreaElement).value.length)
  return {
    longest: Math.round(Math.max(0, ...tasks)),
    over: tasks.filter((it) => it > AIM).length,
    toPaintP98: Math.round(percentile(events.length > 0 ? events : [0], 0.98)),
    toPaintWorst: Math.round(Math.max(0, ...events)),
    letters,
  }
}

/** The floor: the same text and letters in a box of the browser with nothing around it. */
async function plainBox(page: Page): Promise<Pick<Seen, 'longest' | 'over'> & { readonly pasted: number }> {
  await page.evaluate(() => {
    const box = document.createElement('textarea')
    box.style.cssText = 'width: 700px; height: 500px'
    document.body.replaceChildren(box)
    box.focus()
  })
  const measured = async (act: () => Promise<void>) => {
    await clear(page)
    await act()
    await page.waitForTimeout(2_000)
    return (await keptOf(page)).tasks
  }
  await page.evaluate((it) => navigator.clipboard.writeText(it), text)
  const pasted = await measured(() => page.keyboard.press('ControlOrMeta+v'))
  const typed = await measured(() => type(page))
  return {
    pasted: Math.round(Math.max(0, ...pasted)),
    longest: Math.round(Math.max(0, ...typed)),
    over: typed.filter((it) => it > AIM).length,
  }
}

interface Kept {
  readonly tasks: number[]
  readonly events: number[]
}

function keptOf(page: Page): Promise<Kept> {
  return page.evaluate(() => (window as unknown as { kept: Kept }).kept)
}

async function clear(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { kept } = window as unknown as { kept: Kept }
    kept.tasks.length = 0
    kept.events.length = 0
  })
}

/** Milliseconds from `new Worker` to its first answer: the first time, and the others (its code is kept by then). */
async function workerReady(page: Page) {
  const assets = readdirSync(join(import.meta.dirname, '../../dist/web/assets'))
  const file = assets.find((name) => /^read\.worker-.*\.js$/.test(name))
  if (file === undefined) throw new Error('dist/web holds no reader: build the pages first')
  const times: number[] = []
  for (let i = 0; i < STARTS; i++) times.push(await page.evaluate(startOnce, `/assets/${file}`))
  const [first = 0, ...others] = times
  return {
    first: Math.round(first),
    median: Math.round(percentile(others, 0.5)),
    worst: Math.round(Math.max(...others)),
  }
}

/** Milliseconds from the opening of the page: when it has started its reader, and when the first text would not wait. */
async function readyWithThePage(page: Page): Promise<{ started: number; ready: number }> {
  await page.addInitScript(() => {
    const listen = Worker.prototype.addEventListener
    Object.assign(Worker.prototype, {
      addEventListener(this: Worker, type: string, hear: EventListener) {
        const started = Math.round(performance.now())
        listen.call(this, type, (event) => {
          const read = event instanceof MessageEvent && event.data.answer?.reading !== undefined
          if (read) Object.assign(window, { readerOf: { started, ready: Math.round(performance.now()) } })
          hear(event)
        })
      },
    })
  })
  await page.reload()
  const seen = await page.waitForFunction(() => Reflect.get(window, 'readerOf'))
  return seen.jsonValue()
}

async function startOnce(address: string): Promise<number> {
  const began = performance.now()
  const worker = new Worker(address, { type: 'module' })
  await new Promise<void>((resolve, reject) => {
    worker.onerror = () => reject(new Error('the worker did not start'))
    worker.onmessage = () => resolve()
    worker.postMessage({
      id: 1,
      work: 'read',
      it: { text: 'She paid 500 USD.', country: 'TH', language: 'en' },
    })
  })
  const took = performance.now() - began
  worker.terminate()
  return took
}
