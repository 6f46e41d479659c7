import { useState } from 'react'
import { ShareCard } from './share-card.tsx'
import { ShareForm } from './share-form.tsx'

export interface RequestShareProps {
  readonly requestId: string
  readonly reportId: string
  readonly reference: string
}

/** A request of mine, shared with others for their information: they see the matter and take no part in it. */
export function RequestShare({ requestId, reportId, reference }: RequestShareProps) {
  const [sharing, setSharing] = useState(false)
  return (
    <>
      <ShareCard
        itemId={requestId}
        onShare={() => setSharing(true)}
        alone="Nobody but those who take part sees it"
      />
      {sharing && (
        <ShareForm
          reportId={reportId}
          requestId={requestId}
          reference={reference}
          content={[]}
          cryptoKey={null}
          onEnd={() => setSharing(false)}
        />
      )}
    </>
  )
}
