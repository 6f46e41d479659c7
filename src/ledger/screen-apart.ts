import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HouseError } from '../core/errors.ts'
import type { ChildSays, ScreeningDone, ScreeningTask, Stage } from './screening-words.ts'

const CHILD = fileURLToPath(new URL('./screening-child.ts', import.meta.url))
/** Megabytes of answer and names that the process may hold, beside what DuckDB takes. */
const HEAP = 2_048
/** Ms after which a book is given up: the largest that is taken needs a third of it on two cores. */
const LONGEST = 45 * 60_000

const TOO_MUCH =
  'this book, or what was found in it, is more than this server can hold; choose fewer rules, or use the command line: npx firebreak screen'

const STOPPED = () => new HouseError('unavailable', 'the screening was stopped')

interface Apart {
  /** Ends the work at once. */
  readonly signal: AbortSignal
  readonly tell: (stage: Stage) => void
}

/**
 * Screens uploaded files in a process of its own. However hostile they are, the server does not stand still and does not
 * end with it; the process knows no secret of the server, and writes only below `task.folder`.
 * @throws what the book is refused for; `too_large` when it needs more than there is; `unavailable` when it was ended
 */
export async function screenApart(task: ScreeningTask, { signal, tell }: Apart): Promise<ScreeningDone> {
  if (signal.aborted) throw STOPPED()
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot }
  const child = fork(CHILD, [], {
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP}`],
    env: { ...env, TMPDIR: task.folder, TMP: task.folder, TEMP: task.folder },
    // what a process that fails writes may quote the book
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const end = () => void child.kill('SIGKILL')
  const timer = setTimeout(end, LONGEST)
  signal.addEventListener('abort', end)
  try {
    child.send(task)
    return await outcome(child, { signal, tell })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    end()
  }
}

function outcome(child: ChildProcess, { signal, tell }: Apart): Promise<ScreeningDone> {
  return new Promise((resolve, reject) => {
    child.on('message', (said: ChildSays) => {
      if (signal.aborted) reject(STOPPED())
      else if ('stage' in said) tell(said.stage)
      else if ('done' in said) resolve(said.done)
      else reject(refusal(said.refused))
    })
    child.on('error', reject)
    child.on('exit', () => reject(signal.aborted ? STOPPED() : new HouseError('too_large', TOO_MUCH)))
  })
}

/** What the process itself cannot explain is DuckDB's word for no room, or a fault of ours that must be seen. */
function refusal({ code, message }: Extract<ChildSays, { refused: object }>['refused']): Error {
  if (code !== null) return new HouseError(code, message)
  if (/out of memory|memory limit|max_temp_directory_size|no space left|ENOSPC/i.test(message))
    return new HouseError('too_large', TOO_MUCH)
  return new Error('screening failed')
}
