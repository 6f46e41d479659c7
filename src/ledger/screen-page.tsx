import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { DropPlace } from '../web/parts/drop-place.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Progress } from '../web/parts/progress.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import type { ChosenFile } from '../web/screen-words.ts'
import { useMay } from '../web/session.ts'
import { BooksRulePart } from './books-rule-part.tsx'
import { CaseList } from './case-list.tsx'
import { ChosenFiles } from './chosen-files.tsx'
import { ReadBook } from './read-book.tsx'
import { RuleLines } from './rule-lines.tsx'
import styles from './screen.module.css'
import { headlineOf } from './screen-parts.ts'
import { useScreen } from './use-screen.ts'
import { type Where, WhereScreened } from './where-screened.tsx'

type Screen = ReturnType<typeof useScreen>

/** A bank's own books against the network's typologies, on this device alone. */
export function ScreenPage() {
  const screen = useScreen()
  const { ready, files, looked, own, progress, book, found, base, error } = screen
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  const [chosen, setWhere] = useState<Where>('here')
  // where the rule is not known, as without a network, books stay
  const ruled = useQuery(queries.booksRule()).data?.rule ?? 'here'
  const where = ruled === 'asked' ? chosen : 'here'
  const [isOurs, setOurs] = useState(false)
  const mayServe = useMay('ledger.screen')
  const add = (more: readonly File[]) => {
    if (more.length === 0 || progress || book) return
    const mapping = more.find(({ name }) => MAPPING.test(name))
    const ledgers = more.filter(({ name }) => !MAPPING.test(name))
    void screen.look(named(files, ledgers), own).then(() => (mapping ? screen.map(mapping) : undefined))
  }
  const hasTracer = useTracer(ready)
  const { offer, note } = useUndo()
  const close = () => {
    const { undo, forget } = screen.close()
    offer(`${countWords(files.length, 'file')} closed.`, { commit: forget, undo })
  }
  const title = titleOf(screen)
  return (
    <DropPlace onFiles={add}>
      <Headline
        title={title}
        below={where === 'here' && <OnThisDevice ready={ready && hasTracer} />}
        action={<Next screen={screen} choose={choose} close={close} where={where} isOurs={isOurs} />}
      >
        {title}
      </Headline>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.gz,.xml,.txt,.parquet,.yaml,.yml,text/csv"
        aria-label="Ledger files"
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
      />
      {note}
      {error && (
        <ErrorNote
          error={error.error}
          what={error.what}
          onRetry={ready ? undefined : () => void screen.start()}
        />
      )}
      {progress && <Stage progress={progress} onCancel={screen.cancel} />}
      {!progress && !book && files.length === 0 && (
        <>
          <Teach />
          <BooksRulePart />
        </>
      )}
      {!progress && !book && looked.length > 0 && (
        <>
          {mayServe && ruled === 'asked' && (
            <WhereScreened where={where} onWhere={setWhere} isOurs={isOurs} onOurs={setOurs} />
          )}
          <ChosenFiles
            looked={looked}
            own={own}
            mapping={screen.mapping}
            onNoMapping={() => void screen.map(null)}
            onOwn={(it) => void screen.look(files, it)}
            onDrop={(name) => void screen.look(without(files, name), own)}
          />
        </>
      )}
      {!progress && book && found && base && (
        <>
          <ReadBook
            book={book}
            found={found}
            looked={looked}
            rejects={rejectsOf(screen)}
            verdicts={screen.verdicts}
            names={screen.names}
          />
          {screen.at === 'here' && <RuleLines screen={screen} base={base} found={found} />}
          <CaseList screen={screen} found={found} />
        </>
      )}
    </DropPlace>
  )
}

/** Whether the page that follows the money is here too: it is one press away, also when the network is gone. */
function useTracer(ready: boolean): boolean {
  const [here, setHere] = useState(false)
  useEffect(() => {
    if (!ready) return
    const page = import('../trace/page.tsx')
    const worker = import('../trace/ledger-file.ts').then(({ fetchTracer }) => fetchTracer())
    Promise.all([page, worker]).then(
      () => setHere(true),
      () => setHere(false),
    )
  }, [ready])
  return here
}

function OnThisDevice({ ready }: { readonly ready: boolean }) {
  return (
    <>
      Your files are read on this device. Nothing is uploaded, and what reads them can connect to nothing.{' '}
      <span role="status">
        {ready
          ? 'Everything this page needs is here: you may cut the network now.'
          : 'The engine is being fetched, once (34 MB) …'}
      </span>{' '}
      Requests of the network are under <Link to="/ledger">Ledger</Link>.
    </>
  )
}

interface NextProps {
  readonly screen: Screen
  readonly choose: () => void
  readonly close: () => void
  readonly where: Where
  readonly isOurs: boolean
}

function Next({ screen, choose, close, where, isOurs }: NextProps) {
  const { ready, files, looked, progress, book } = screen
  if (progress) return null
  if (book)
    return (
      <Button variant="default" onClick={close}>
        Close these books
      </Button>
    )
  const good = looked.length > 0 && looked.every((it) => it.wrong === null)
  if (files.length === 0 || !good) return <NextAction onClick={choose}>Choose files</NextAction>
  const hasTransactions = looked.some(({ kind }) => kind === 'transactions')
  return (
    <div className={styles.next}>
      <Button variant="default" onClick={choose}>
        Add files
      </Button>
      {where === 'here' ? (
        <NextAction onClick={() => void screen.run()} disabled={!hasTransactions || !ready}>
          Screen these books
        </NextAction>
      ) : (
        <NextAction onClick={() => void screen.runOnServer()} disabled={!hasTransactions || !isOurs}>
          Send them and screen
        </NextAction>
      )}
    </div>
  )
}

const MAPPING = /\.ya?ml$/i

const STAGES = {
  sending: 'Sending to the server',
  arriving: 'Arriving',
  waiting: 'Waiting until another book is done',
  reading: 'Reading',
  preparing: 'Preparing what the rules read',
  judging: 'Judging by',
} as const

function Stage({
  progress,
  onCancel,
}: {
  readonly progress: NonNullable<Screen['progress']>
  readonly onCancel: () => void
}) {
  const { at, what, done, total, unit, startedAt } = progress
  return (
    <Progress
      label={`${STAGES[at]} ${what}`.trim()}
      done={done}
      total={total}
      unit={unit}
      startedAt={startedAt || Date.now()}
      onCancel={onCancel}
    />
  )
}

function Teach() {
  return (
    <EmptyState title="Choose transactions, and if you have them accounts and signal lists.">
      CSV, also packed with gzip, Parquet, pacs.008 or camt.053; which file is which is seen by its columns,
      and you can correct it, or choose a mapping file with them. Rules of the network look for victims paying
      scammers, mule accounts, scam centres, and holders who may themselves be held. Every alert says what
      happened, how far beyond its line, and what would have made it quiet. It ranks; it never decides. Books
      that are too large for this computer can be screened on your own server, or with{' '}
      <code>npx firebreak screen</code>.
    </EmptyState>
  )
}

function titleOf({ files, looked, book, found, progress, isOnServer }: Screen): string {
  if (progress && isOnServer) return `Your books are being screened on ${location.host}`
  if (progress) return 'Your books are being screened on this device'
  if (book && found) return headlineOf(found.cases)
  if (files.length === 0) return 'Screen your own books; nothing leaves this device'
  if (looked.some((it) => it.wrong !== null)) return 'One file is not understood yet'
  return `${countWords(files.length, 'file')} chosen: is each column what it is taken for?`
}

/** Two files of one name from two folders are two files. */
function named(before: readonly ChosenFile[], more: readonly File[]): ChosenFile[] {
  const all = [...before]
  for (const file of more) {
    const taken = (name: string) => all.some((it) => it.name === name)
    let name = file.name
    for (let nth = 2; taken(name); nth++) name = `${file.name} (${nth})`
    all.push({ name, file })
  }
  return all
}

/** Every rejected row as a CSV, from where the book is. */
const rejectsOf = ({ rejects, calls }: Screen) =>
  rejects ? async () => rejects() : async () => (await calls.current?.do('rejects', null)) ?? ''

const without = (files: readonly ChosenFile[], name: string) => files.filter((it) => it.name !== name)
