import { Button, FileButton } from '@mantine/core'
import { useRef, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import type { RuleLine } from '../web/screen-words.ts'
import type { Comparison } from './backtest.ts'
import { LONGEST_RULE } from './rule-limit.ts'
import styles from './screen.module.css'
import { comparisonWords } from './screen-parts.ts'
import type { useScreen } from './use-screen.ts'
import { decidedOf } from './verdicts.ts'

interface Props {
  readonly screen: ReturnType<typeof useScreen>
  /** The house's rule that is chosen: what a file that changes none of the house's is compared with. */
  readonly rule: RuleLine | undefined
  readonly onRule: (id: string) => void
}

interface Brought {
  readonly file: File
  readonly line: RuleLine
  readonly tried: Comparison
}

/** Bytes that are read of a file: more than any rule has, so that a wrong one is refused and never fills the page. */
const MOST = 4 * LONGEST_RULE + 4

/** A rule file of one's own: what it finds in these books beside what the house's version finds. */
export function BroughtRule({ screen, rule, onRule }: Props) {
  const [brought, setBrought] = useState<Brought | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const chooseAnew = useRef<() => void>(null)
  const bring = async (chosen: File | null) => {
    const { calls, rules, verdicts } = screen
    chooseAnew.current?.()
    if (!chosen || !calls.current) return
    setFailed(null)
    setBrought(null)
    setBusy(true)
    try {
      // as it was when it was chosen: whoever writes a rule goes on writing it
      const file = new File([await chosen.slice(0, MOST).arrayBuffer()], chosen.name)
      const line = await calls.current.do('version', { file })
      const own = rules.find(({ id }) => id === line.id) ?? rule
      if (!own) return
      const ask = { rule: own.id, changes: {}, version: file, decided: decidedOf(verdicts) }
      const tried = await calls.current.do('compare', ask)
      onRule(own.id)
      setBrought({ file, line, tried })
    } catch (error) {
      setFailed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-label="A rule file of yours" className={styles.brought}>
      <div className={styles.tools}>
        <FileButton
          accept=".yaml,.yml"
          onChange={(file) => void bring(file)}
          resetRef={chooseAnew}
          disabled={busy}
        >
          {(button) => (
            <Button {...button} size="xs" variant="default" loading={busy}>
              Compare with a rule file
            </Button>
          )}
        </FileButton>
        <span className="quiet small">
          Another version of a rule, or a new one beside the chosen one. It stays on this device.
        </span>
      </div>
      {failed !== null && <ErrorNote error={failed} what="The rule was not tried" />}
      {brought && <Tried screen={screen} {...brought} />}
    </section>
  )
}

function Tried({ screen, file, line, tried }: Brought & Pick<Props, 'screen'>) {
  const { before } = tried
  const names = [
    `The house's ${before.rule}, version ${before.version}, finds`,
    `${line.id}, version ${line.version}, of ${file.name}`,
  ] as const
  const { [line.id]: _lines, ...changes } = screen.changes
  return (
    <>
      <p role="status">{comparisonWords(tried, names)}</p>
      <Button
        size="xs"
        variant="default"
        onClick={() => void screen.runAgain({ changes, versions: { ...screen.versions, [line.id]: file } })}
      >
        Screen again with {line.id}, version {line.version}
      </Button>
    </>
  )
}
