import { send } from '../web/fetch.ts'
import type { ChosenFile, OpenedBook, OwnMappings, ScreenProgress } from '../web/screen-words.ts'
import { sendFiles } from '../web/send-files.ts'
import type { answerOf } from './answer.ts'
import type { Screening } from './screen.ts'
import type { Stage } from './screening-words.ts'

const PATH = '/api/ledger/screenings'
/** Ms between two questions how far it is. */
const PAUSE = 1_000
const MOST_REJECTED = 20

interface Asked {
  readonly files: readonly ChosenFile[]
  readonly own: OwnMappings
}
interface Watched {
  readonly signal: AbortSignal
  readonly tell: (told: ScreenProgress) => void
}
interface Answered {
  readonly book: OpenedBook
  readonly found: Screening
  readonly rejects: Answer['rejected']
}
type Answer = ReturnType<typeof answerOf>

/** Screens files on the server that this page comes from. The files are read from disk as they leave, never held whole. */
export async function screenOnServer({ files, own }: Asked, { signal, tell }: Watched): Promise<Answered> {
  const head = { files: files.map(({ name, file }) => ({ name, bytes: file.size })), own }
  const body = new Blob([`${JSON.stringify(head)}\n`, ...files.map((it) => it.file)])
  const done = new AbortController()
  const told = (sent: number, all: number) => {
    tell({ at: 'sending', what: '', done: sent / 1e6, total: all / 1e6, unit: 'MB' })
    if (sent === all) void watch(tell, AbortSignal.any([signal, done.signal]))
  }
  try {
    const answer = (await sendFiles(PATH, body, { signal, tell: told })) as Answer
    const { rows, notes, rejected, rejectedCount, alerts, cases, missing } = answer
    const first = rejected.slice(0, MOST_REJECTED)
    return {
      book: { rows, accounts: null, notes, rejectedCount, rejected: first },
      found: { alerts, cases, missing },
      rejects: rejected,
    }
  } finally {
    done.abort()
  }
}

/** Asks how far it is until it is done. Whether that is told or not changes nothing of the answer. */
async function watch(tell: (told: ScreenProgress) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await send(`${PATH}/mine`, { signal }).catch(() => null)
    const { stage } = ((await answer?.json().catch(() => null)) ?? { stage: null }) as { stage: Stage | null }
    if (stage && !signal.aborted) tell(stage)
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}
