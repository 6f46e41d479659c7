import type { TLPS } from '../../core/shapes.ts'
import styles from './tlp-label.module.css'

export type Tlp = (typeof TLPS)[number]

/** Who may see it, in words, after TLP 2.0 of FIRST. */
export const TLP_WORDS: Record<Tlp, string> = {
  RED: 'only the people it was sent to',
  'AMBER+STRICT': 'only the organisations it was sent to',
  AMBER: 'the organisations it was sent to, and their clients who need it',
  GREEN: 'the community',
  CLEAR: 'everyone',
}

/** The marking: always with the word. */
export function TlpLabel({ tlp }: { readonly tlp: Tlp }) {
  const colour = tlp === 'AMBER+STRICT' ? 'AMBER' : tlp
  return (
    <span className={`${styles.tlp} ${styles[colour]}`} title={`For ${TLP_WORDS[tlp]}`}>
      TLP:{tlp}
    </span>
  )
}
