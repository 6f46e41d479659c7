import { Button, NativeSelect } from '@mantine/core'
import { type RefObject, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { screenIsRead, TraffickingScreen } from '../web/parts/trafficking-screen.tsx'
import type { ScreenWork } from '../web/screen-words.ts'
import type { Calls } from '../web/worker-calls.ts'
import { saveText } from './save-text.ts'
import styles from './screen.module.css'
import type { Alert, Case, Screening } from './screen.ts'

const REGULATORS = [
  { value: 'goaml', label: 'goAML (any FIU)' },
  { value: 'fincen', label: 'FinCEN' },
  { value: 'fintrac', label: 'FINTRAC' },
  { value: 'ukfiu', label: 'UKFIU' },
]

interface Props {
  readonly it: Case
  readonly alerts: readonly Alert[]
  readonly found: Screening
  /** Null for a book that is not on this device. */
  readonly calls: RefObject<Calls<ScreenWork> | null> | null
}

/** The holder may be a victim: this stands before every exit, freeze and report, and nothing below it opens unread. */
export function BeforeActing({ it, alerts, found, calls }: Props) {
  const [read, setRead] = useState(false)
  const [name, setName] = useState('')
  const second = it.protectFirst ? name : null
  return (
    <TraffickingScreen
      account={it.account}
      title="Before any exit, freeze or report"
      told={signsOf(it, alerts, found)}
      {...{ read, second }}
      onRead={setRead}
      onSecond={setName}
    >
      {screenIsRead(read, second) && (
        <Acts account={it.account} alerts={alerts} second={name.trim()} calls={calls} />
      )}
    </TraffickingScreen>
  )
}

function signsOf({ protectFirst }: Case, alerts: readonly Alert[], { missing }: Screening): string {
  const signs = alerts.filter(({ rule }) => rule.startsWith('TX-T'))
  const unjudged = missing.filter(({ rule }) => rule.startsWith('TX-T'))
  const told =
    signs.length > 0
      ? `Signs that the holder may be a trafficked person: ${signs.map(({ name }) => name).join('; ')}.`
      : protectFirst
        ? 'Signs that the holder may be a trafficked person were found on this account before; with other lines it is protected all the same.'
        : 'The rules that look for a trafficked holder found no sign on this account; that proves nothing.'
  const silent =
    unjudged.length > 0
      ? ` ${unjudged.length} of them could not be judged on these files, and their silence means nothing.`
      : ''
  return told + silent
}

interface ActsProps {
  readonly account: string
  readonly alerts: readonly Alert[]
  readonly second: string
  readonly calls: Props['calls']
}

/** What can be prepared once the screen was read. Nothing is filed or sent. */
function Acts({ account, alerts, second, calls }: ActsProps) {
  const [regulator, setRegulator] = useState('goaml')
  const [failed, setFailed] = useState<unknown>(null)
  const save = async (kind: 'narrative' | 'goaml') => {
    setFailed(null)
    try {
      const pack = await calls?.current?.do('pack', { account, regulator, reviewedBy: second || null })
      if (!pack) return
      const name = `report-${account.replace(/[^\w-]/g, '_')}`
      const terms = pack.terms.map((it) => `${it.where}: ${it.term} (${it.source})`)
      if (kind === 'narrative')
        saveText(`${[pack.narrative, ...terms].join('\n\n')}\n`, { name: `${name}.txt`, type: 'text/plain' })
      else saveText(pack.goaml ?? '', { name: `${name}.xml`, type: 'application/xml' })
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <div className={styles.acts}>
      <p>{alerts[0]?.action}</p>
      {calls ? (
        <div className={styles.tools}>
          <NativeSelect
            label="Key terms of"
            value={regulator}
            data={REGULATORS}
            onChange={({ currentTarget }) => setRegulator(currentTarget.value)}
          />
          <Button size="xs" variant="default" onClick={() => void save('narrative')}>
            Save the draft report
          </Button>
          <Button size="xs" variant="default" onClick={() => void save('goaml')}>
            Save goAML
          </Button>
        </div>
      ) : (
        <p>
          The server kept nothing of these books, so it cannot write the report: run{' '}
          <code>npx firebreak screen FILES --pack {account}</code> where the files are.
        </p>
      )}
      {failed !== null && <ErrorNote error={failed} what="The report was not made" />}
    </div>
  )
}
