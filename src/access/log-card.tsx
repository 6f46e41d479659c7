import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { CopyButton } from '../web/parts/identifier.tsx'
import { hereZone, momentWords } from '../web/parts/moment.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { saveFile } from '../web/save-file.ts'
import { useAct } from '../web/use-act.ts'
import styles from './audit.module.css'
import type { OrgNames } from './audit-words.ts'

/** What proves the log below: how long it is, what was signed last, and who countersigned. The steward can take it away. */
export function LogCard({ isSteward, orgs }: { readonly isSteward: boolean; readonly orgs: OrgNames }) {
  const { data: log } = useQuery(queries.auditLog())
  // asked for by the page, not by a link: taking it needs a signed request
  const take = useAct(api.auditExport, (file) => saveFile(file, 'firebreak-audit.jsonl'))
  if (!log) return null
  const { checkpoint } = log
  const behind = log.size + log.waiting - (checkpoint?.size ?? 0)
  return (
    <section className={styles.card} aria-label="Proof of this log">
      <p>
        <strong>{countWords(log.size, 'entry', 'entries')} in the log.</strong>{' '}
        {checkpoint
          ? `The last checkpoint signs ${checkpoint.size} of them, ${momentWords(new Date(checkpoint.at), hereZone(), new Date())}${
              behind > 0 ? `; ${behind} came since` : ''
            }. This browser has checked that nothing it saw before was changed.`
          : 'Nothing is signed yet; the first checkpoint comes within a minute.'}{' '}
        {checkpoint && <CopyButton text={checkpoint.note} what="checkpoint" />}
      </p>
      {log.witnesses.length === 0 ? (
        <p className="quiet small">
          No organisation countersigns yet. It begins by itself when somebody who holds their organisation’s
          signing key signs in.
        </p>
      ) : (
        <ul className="small">
          {log.witnesses.map((it) => (
            <li key={it.id}>
              {orgs.get(it.orgId) ?? 'An organisation'}:{' '}
              {it.size === null || it.at === null
                ? 'has not countersigned yet'
                : `countersigned ${it.size} entries, ${momentWords(new Date(it.at), hereZone(), new Date())}`}
            </li>
          ))}
        </ul>
      )}
      {isSteward && (
        <p>
          <Button
            size="compact-sm"
            variant="default"
            loading={take.busy}
            onClick={() => void take.run(undefined)}
          >
            Take the whole log as a file
          </Button>{' '}
          <span className="quiet small">
            that anybody can prove offline with <span className="mono">npx firebreak verify</span>. That you
            took it is recorded.
          </span>
          {take.error && <ErrorNote error={take.error} what="The log was not taken" />}
        </p>
      )}
    </section>
  )
}
