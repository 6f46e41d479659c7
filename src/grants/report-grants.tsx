import { useState } from 'react'
import { ConsentCard } from './consent-card.tsx'
import styles from './grants.module.css'
import { MarkingCard } from './marking-card.tsx'
import { ShareCard } from './share-card.tsx'
import { ShareForm } from './share-form.tsx'

export interface ReportGrantsProps {
  readonly report: {
    readonly id: string
    readonly ref: string
    readonly sealedId: string
    readonly evidence: readonly string[]
  }
  readonly cryptoKey: CryptoKey | null
}

/** Who else may see a report: how it is marked, what the person consents to, with whom it is shared. */
export function ReportGrants({ report, cryptoKey }: ReportGrantsProps) {
  const [sharing, setSharing] = useState(false)
  return (
    <>
      <div className={styles.cards}>
        <ShareCard itemId={report.id} cryptoKey={cryptoKey} onShare={() => setSharing(true)} />
        <ConsentCard reportId={report.id} />
        <MarkingCard reportId={report.id} />
      </div>
      {sharing && (
        <ShareForm
          reportId={report.id}
          reference={report.ref}
          content={[report.sealedId, ...report.evidence]}
          cryptoKey={cryptoKey}
          onEnd={() => setSharing(false)}
        />
      )}
    </>
  )
}
