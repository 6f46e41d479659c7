import './no-eval.ts'
import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from 'duckdb-in-worker'
import { HouseError } from '../core/errors.ts'
import { signedIn } from '../ledger/actions.ts'
import { compareRules, withThresholds } from '../ledger/backtest.ts'
import type { Book } from '../ledger/book.ts'
import { duckEngine, type Engine } from '../ledger/engine.ts'
import { loadExcuses } from '../ledger/excuses.ts'
import { aboutHolder, holderNames } from '../ledger/holder.ts'
import { type BrowserDatabase, browserHost } from '../ledger/host-browser.ts'
import { loadBook } from '../ledger/load-book.ts'
import { lookAt } from '../ledger/look.ts'
import { mappingOf } from '../ledger/mapping-text.ts'
import { keepSigns } from '../ledger/protection.ts'
import { rejectLines } from '../ledger/rejects.ts'
import { paymentsOf, reportPack } from '../ledger/report.ts'
import { type RunningRule, runningRules } from '../ledger/rule.ts'
import { broughtRule } from '../ledger/rule-faults.ts'
import { ruleOfText } from '../ledger/rule-text.ts'
import { type Screening, screen } from '../ledger/screen.ts'
import { givenVerdicts } from '../ledger/verdicts.ts'
import type { Changes, ChosenFile, RuleLine, ScreenProgress, ScreenWork } from './screen-words.ts'
import { answerCalls } from './worker-calls.ts'

const MOST_REJECTED = 20

let database: BrowserDatabase | null = null
let opened: { readonly book: Book; readonly engine: Engine } | null = null
let screening: Screening | null = null
/** Accounts of the open book on which any screening found a sign of a trafficked holder. */
let signed: ReadonlySet<string> = new Set()
const rules = runningRules()
/** What the last screening ran. */
let ran: readonly RunningRule[] = rules

const tell = (told: ScreenProgress) => postMessage({ told })

/** Screens a bank's books on this device, away from the page; by its policy this worker can connect to nothing. */
answerCalls<ScreenWork>(
  {
    async start({ engine }) {
      const address = URL.createObjectURL(engine)
      const bundle = { mainModule: address, mainWorker: '' }
      const made = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), BROWSER_RUNTIME)
      await made.instantiate(() => {})
      URL.revokeObjectURL(address)
      database = made
      return {
        version: made.getVersion(),
        rules: rules.map(lineOf),
      }
    },
    async look({ files, own }) {
      const host = hostOf(files)
      return Promise.all(files.map(({ name }) => lookAt(name, { host, own: own[name] ?? null })))
    },
    mapping: async ({ file }) => mappingOf(file.name, await file.text()),
    async open({ files, own }) {
      const book = await loadBook(
        files.map(({ name }) => name),
        hostOf(files),
        { own: (name) => own[name] ?? null },
      )
      tell({ at: 'preparing', what: '', done: 0, total: 0, unit: 'rules' })
      opened = { book, engine: await duckEngine(book) }
      signed = new Set()
      const { rows, accounts, notes, rejects, rejectedCount } = book
      return {
        rows,
        accounts,
        notes,
        rejectedCount,
        rejected: rejects.slice(0, MOST_REJECTED),
        labels: await givenVerdicts(opened.engine),
      }
    },
    async screen({ changes, versions }) {
      const { book, engine } = here()
      const brought = await Promise.all(Object.values(versions).map(broughtFrom))
      ran = [...rules.filter(({ id }) => !versions[id]), ...brought].map((it) => changed(it, changes))
      const found = await screen(engine, {
        ...book,
        rules: ran,
        excuses: loadExcuses(),
        at: (done, what) => tell({ at: 'judging', what, done, total: ran.length, unit: 'rules' }),
      })
      screening = keepSigns(found, signed)
      signed = signed.union(signedIn(found.alerts))
      return screening
    },
    version: async ({ file }) => lineOf(await broughtFrom(file)),
    async compare({ rule, changes, version, decided }) {
      const { book, engine } = here()
      const before = rules.find((it) => it.id === rule)
      if (!before) throw new HouseError('invalid', `rule ${rule}: there is none`)
      const options = { ...book, excuses: loadExcuses() }
      const after = withThresholds(version ? await broughtFrom(version) : before, changes)
      return compareRules(engine, { before, after, options, decided })
    },
    names: ({ accounts }) => holderNames(here().engine, accounts),
    about: ({ account }) => aboutHolder(here().engine, account, here().book),
    async payments({ ids }) {
      const { book, engine } = here()
      return (await paymentsOf(engine, ids, book)).map(({ id, at, minor, currency, payer, payee }) => {
        return { id, at: book.formatTime(at.getTime()), minor: String(minor), currency, payer, payee }
      })
    },
    async pack({ account, regulator, reviewedBy }) {
      const { book, engine } = here()
      if (!screening) throw new HouseError('conflict', 'nothing was screened yet')
      const reviewed = reviewedBy ? { reviewedBy } : {}
      const ids = ran.map((it) => it.id)
      return reportPack(engine, screening, { ...book, account, regulator, ran: ids, ...reviewed })
    },
    rejects: () => [...rejectLines(here().book.rejects)].join(''),
  },
  'this could not be worked out; the files are as they were',
)

function here() {
  if (!opened) throw new HouseError('conflict', 'no file is open')
  return opened
}

const broughtFrom = async (file: File) => broughtRule(ruleOfText(file.name, await file.text()))

function lineOf({ id, version, name, why, source, thresholds, silent }: RunningRule): RuleLine {
  return { id, version, name, why, source, thresholds, silent }
}

const changed = (rule: RunningRule, changes: Changes) =>
  changes[rule.id] ? withThresholds(rule, changes[rule.id] ?? {}) : rule

function hostOf(files: readonly ChosenFile[]) {
  const byName = new Map(files.map(({ name, file }) => [name, file] as const))
  return browserHost(byName, database, (name, bytes) => {
    const total = byName.get(name)?.size ?? 0
    tell({ at: 'reading', what: name, done: bytes / 1e6, total: total / 1e6, unit: 'MB' })
  })
}
