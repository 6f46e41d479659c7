import { UnstyledButton } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { Assessment, Coverage, IndicatorFinding, Sentence } from '../assess/assess.ts'
import { WarnIcon } from '../web/parts/icons.tsx'
import { capital } from '../web/parts/words.ts'
import styles from './cards.module.css'
import type { Span } from './edit.ts'
import { count } from './kinds.ts'

export interface ReadingCardProps {
  readonly assessment: Assessment | null
  readonly onShow: (span: Span) => void
}

const ELEMENTS = [
  ['act', 'Act'],
  ['means', 'Means'],
  ['purpose', 'Purpose'],
] as const
const COVERAGE: Record<Coverage, string> = {
  supported: 'the text speaks of it',
  'not mentioned': 'not mentioned, which is not a no',
  denied: 'the text says it was not so',
}

/** What the text says happened, each sign with its sentences. It never decides about a person. */
export const ReadingCard = memo(function ReadingCard({ assessment, onShow }: ReadingCardProps) {
  if (assessment === null) return null
  const { indicators, denied, elements, support } = assessment
  return (
    <section className={styles.card} aria-label="Signs in the text">
      <header>
        <h2>
          {indicators.length === 0
            ? 'No sign of forced criminality was read'
            : `${count(indicators.length, 'sign')} of forced criminality`}
        </h2>
        <p>
          Words that were read, not a finding about a person: whether somebody is a victim is for the
          competent authority, and what is not mentioned may still be so.
        </p>
      </header>
      {indicators.length + denied.length > 0 && (
        <dl className={styles.elements}>
          {ELEMENTS.map(([key, name]) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{COVERAGE[elements[key]]}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className={styles.said}>
        {indicators.map((it) => (
          <Finding key={it.id} it={it} onShow={onShow} />
        ))}
      </ul>
      {denied.length > 0 && (
        <details>
          <summary>{count(denied.length, 'sign')} that the text says were not there</summary>
          <ul className={styles.said}>
            {denied.map((it) => (
              <Finding key={it.id} it={it} onShow={onShow} />
            ))}
          </ul>
        </details>
      )}
      <p className={styles.support}>{support}</p>
    </section>
  )
})

function Finding({ it, onShow }: { readonly it: IndicatorFinding; readonly onShow: (span: Span) => void }) {
  return (
    <li>
      <h3>
        {it.name}{' '}
        <span className="quiet small">
          {it.element}, {it.id}; of {it.about === 'speaker' ? 'the one who speaks' : 'somebody else'}
        </span>
      </h3>
      <Sentences sentences={it.sentences} onShow={onShow} />
    </li>
  )
}

/** The sentences themselves; pressing one shows it in the text. */
function Sentences({
  sentences,
  onShow,
}: {
  readonly sentences: readonly Sentence[]
  readonly onShow: (span: Span) => void
}) {
  return sentences.slice(0, 4).map((sentence, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: places move with every letter typed before them; the n-th sentence stays the n-th
    <blockquote key={i}>
      <UnstyledButton className={styles.jump ?? ''} onClick={() => onShow(sentence)}>
        <bdi>{sentence.text}</bdi>
      </UnstyledButton>
      {sentence.speaker && <span className="quiet"> {sentence.speaker}</span>}
    </blockquote>
  ))
}

/** A child or any sign of violence: said at once, above everything else. */
export function SafeguardingNote({ assessment, onShow }: ReadingCardProps): ReactNode {
  const raised = assessment?.safeguarding
  if (!raised) return null
  return (
    <section className={styles.urgent} role="alert" aria-label="Safeguarding">
      <p>
        <WarnIcon /> <strong>Safety first.</strong> {capital(raised.why)}. Follow your safeguarding procedure
        before anything else.
      </p>
      <Sentences sentences={raised.sentences} onShow={onShow} />
    </section>
  )
}
