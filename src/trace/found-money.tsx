import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { countWords } from '../web/parts/words.ts'
import type { ExportKind } from '../web/trace-words.ts'
import { FlowPicture } from './flow-picture.tsx'
import { HeldTable } from './held-table.tsx'
import { HoldersTold, type Screened } from './holders-told.tsx'
import type { LedgerFile } from './ledger-file.ts'
import { METHODS, type Method } from './outcome.ts'
import { PaymentsTable } from './payments-table.tsx'
import { METHOD_WORDS } from './picture.ts'
import { save, savePng } from './save.ts'
import styles from './trace.module.css'
import type { Answers } from './use-trace.ts'

interface Props {
  readonly answers: Answers
  readonly file: LedgerFile
  readonly method: Method
  readonly onMethod: (method: Method) => void
  /** What was found of the holders, and what was read of the screen before a freeze. */
  readonly trace: Screened
}

const EXPORTS = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['held', 'CSV of accounts'],
  ['hops', 'CSV of payments'],
  ['json', 'JSON'],
] as const

/** The three rules side by side, most worth stopping first; the flow by the rule that is chosen; everything to take away. */
export function FoundMoney({ answers, file, method, onMethod, trace }: Props) {
  const answer = answers[method]
  const [lit, setLit] = useState<string | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const take = async (kind: ExportKind | 'png') => {
    setFailed(null)
    try {
      const text = await file.calls.do('export', {
        method,
        kind: kind === 'png' ? 'svg' : kind,
        protection: trace.protection,
      })
      const name = `trace-${method}-${kind === 'held' || kind === 'hops' ? `${kind}.csv` : kind}`
      if (kind === 'png') await savePng(text, answer.picture)
      else save(text, name.replace(/-(svg|json)$/, '.$1'))
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <section aria-label="Where it is" aria-live="polite">
      <h2 className="unseen">Where it is</h2>
      <HoldersTold answer={answer} protection={trace.protection} />
      <HeldTable {...{ answers, method, lit, trace }} file={file.name} onLight={setLit} />
      {[...new Set(METHODS.flatMap((it) => answers[it].trace.notes))].map((note) => (
        <p key={note} className="quiet small">
          {note}
        </p>
      ))}
      <div className={styles.tools}>
        <NativeSelect
          label="Picture, payments and exports by"
          value={method}
          data={METHODS.map((value) => ({ value, label: METHOD_WORDS[value] }))}
          onChange={({ currentTarget }) => onMethod(currentTarget.value as Method)}
        />
        {EXPORTS.map(([kind, label]) => (
          <Button key={kind} size="xs" variant="default" onClick={() => void take(kind)}>
            {label}
          </Button>
        ))}
      </div>
      {failed !== null && <ErrorNote error={failed} what="Nothing was saved" />}
      <FlowPicture picture={answer.picture} protection={trace.protection} lit={lit} onLight={setLit} />
      {answer.folded > 0 && (
        <p className="quiet small">
          {countWords(answer.folded, 'account')} with the smallest amounts are drawn as one; the tables have
          each of them.
        </p>
      )}
      <PaymentsTable answers={answers} method={method} protection={trace.protection} />
    </section>
  )
}
