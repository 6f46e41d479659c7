import { Button } from '@mantine/core'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { seal } from '../web/sealer.ts'
import { useAct } from '../web/use-act.ts'
import { bytesWords } from './incoming.ts'
import { count, showNormal } from './kinds.ts'
import styles from './page.module.css'
import type { KeptFile, ReportPayload } from './payload.ts'

interface Props {
  readonly payload: ReportPayload
  readonly cryptoKey: CryptoKey
}

/** What was sealed, once it is open. Files open one by one: each opening is recorded. */
export function OpenedReport({ payload, cryptoKey }: Props) {
  const { text, identity, facts, files } = payload
  return (
    <div className={styles.opened}>
      <Person identity={identity} />
      {text !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1)
        <section className={styles.text} tabIndex={0} aria-label="The text">
          {text}
        </section>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
      {files.map((file) => (
        <FileLine key={file.sealedId} file={file} cryptoKey={cryptoKey} />
      ))}
    </div>
  )
}

function Person({ identity }: Pick<ReportPayload, 'identity'>) {
  const said = (['name', 'contact', 'notes'] as const).filter((part) => identity[part] !== '')
  if (said.length === 0) return null
  return (
    <dl className={styles.person}>
      {said.map((part) => (
        <div key={part}>
          <dt>{part}</dt>
          <dd>
            <bdi>{identity[part]}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ facts }: Pick<ReportPayload, 'facts'>) {
  return (
    <details open>
      <summary>{count(facts.length, 'fact')}</summary>
      <ul className={styles.facts}>
        {facts.map((fact) => (
          <li key={`${fact.kind} ${showNormal(fact.normal)}`}>
            <Identifier
              kind={fact.kind}
              normal={typeof fact.normal === 'string' ? fact.normal : showNormal(fact.normal)}
              system={fact.system}
              country={fact.country}
              most={44}
            />
            <span className="quiet small">
              {fact.confirmed ? 'confirmed' : 'not confirmed'}, {fact.shared ? 'may be shared' : 'sealed'}
              {fact.role === 'payer' ? ', the person’s own' : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function FileLine({ file, cryptoKey }: { readonly file: KeptFile; readonly cryptoKey: CryptoKey }) {
  const save = useAct(async (_: null, act: string) => {
    const ciphertext = await api.sealedGet(file.sealedId)
    const opening = await api.sealedOpen(file.sealedId, act)
    keep(file, await seal('open', { ciphertext, ...opening, key: cryptoKey }))
  })
  return (
    <div className={styles.file}>
      <bdi>{file.name}</bdi> <span className="quiet">{bytesWords(file.size)}</span>
      <Button size="compact-sm" variant="default" loading={save.busy} onClick={() => void save.run(null)}>
        Open and save (is recorded)
      </Button>
      {save.error && <ErrorNote error={save.error} what={`${file.name} was not opened`} />}
    </div>
  )
}

/** Hands the file to the person as a download; it is never shown in the page, whatever its type says. */
function keep({ name }: KeptFile, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
