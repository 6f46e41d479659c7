import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { answerOf } from './answer.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { nativeHost } from './host-native.ts'
import { loadBook } from './load-book.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'
import type { ScreeningDone, ScreeningTask, Stage } from './screening-words.ts'

/* A process of its own for one uploaded book: it may fail, or be ended, and the server goes on. See screen-apart.ts. */

const tell = (stage: Stage) => process.send?.({ stage })

async function screened({ files, rules, own, folder, spill }: ScreeningTask): Promise<ScreeningDone> {
  const chosen = loadRules(rules)
  const paths = new Map(files.map(({ name, path }) => [name, path] as const))
  const book = await loadBook([...paths.keys()], nativeHost(paths), {
    spill,
    own: (name) => own[name] ?? null,
    read: (what, share) => tell({ at: 'reading', what, done: share * 100, total: 100, unit: '%' }),
  })
  tell({ at: 'preparing', what: '', done: 0, total: 0, unit: 'rules' })
  const engine = await duckEngine(book)
  try {
    const found = await screen(engine, {
      ...book,
      rules: chosen,
      excuses: loadExcuses(),
      at: (done, what) => tell({ at: 'judging', what, done, total: chosen.length, unit: 'rules' }),
    })
    writeFileSync(join(folder, 'answer.json'), JSON.stringify(answerOf(book, found)), { mode: 0o600 })
    return { rows: book.rows, alerts: found.alerts.length, accounts: found.cases.length }
  } finally {
    await engine.close()
  }
}

process.once('message', async (task: ScreeningTask) => {
  try {
    const done = await screened(task)
    process.send?.({ done }, () => process.disconnect())
  } catch (error) {
    const refused =
      error instanceof HouseError
        ? { code: error.code, message: error.message }
        : { code: null, message: error instanceof Error ? error.message : String(error) }
    process.send?.({ refused }, () => process.disconnect())
  }
})
// a server that is gone wants no answer
process.on('disconnect', () => process.exit())
