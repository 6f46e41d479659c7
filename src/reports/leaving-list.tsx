import { SealIcon, ShareIcon } from '../web/parts/icons.tsx'
import type { Leaving, Line } from './leaving.ts'
import styles from './leaving-list.module.css'

/** Exactly what leaves at the next press: in the clear to whom, sealed for whom, and what stays. */
export function LeavingList({ title, leaving }: { readonly title: string; readonly leaving: Leaving }) {
  return (
    <section className={styles.leaving} aria-label={title}>
      <p className={styles.title}>{title}</p>
      {leaving.clear.map(({ to, lines }) => (
        <Part key={to} mark="clear" heading={`In the clear, to ${lower(to)}`} lines={lines} />
      ))}
      {leaving.sealed.map(({ to, lines }) => (
        <Part key={to} mark="sealed" heading={`Sealed, for ${lower(to)}`} lines={lines} />
      ))}
      {leaving.kept.length > 0 && (
        <Part mark="kept" heading="Does not leave in the clear" lines={leaving.kept} />
      )}
    </section>
  )
}

function Part({
  mark,
  heading,
  lines,
}: {
  mark: 'clear' | 'sealed' | 'kept'
  heading: string
  lines: readonly Line[]
}) {
  return (
    <div className={styles.part} data-mark={mark}>
      <p>
        {mark === 'clear' && <ShareIcon />}
        {mark === 'sealed' && <SealIcon />}
        {heading}
      </p>
      <dl>
        {lines.map(({ label, value }) => (
          <div key={`${label} ${value}`}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function lower(text: string): string {
  return /^(?:The|People|Members)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
