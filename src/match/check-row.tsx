import { NativeSelect } from '@mantine/core'
import { FACT_KINDS, type FactKind } from '../core/fact.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { capital, FACT_WORDS } from '../web/parts/words.ts'
import { isMatchableKind } from './canonical.ts'
import styles from './check.module.css'
import type { Asked } from './use-recognised.ts'

const KINDS = FACT_KINDS.filter(isMatchableKind).map((value) => ({
  value,
  label: capital(FACT_WORDS[value]),
}))

interface Props {
  readonly asked: Asked
  readonly onChange: (kind: FactKind) => void
}

/** One thing that will be asked about, why it is taken for what it is, and the choice to say otherwise. */
export function CheckRow({ asked, onChange }: Props) {
  const { kind, normal, system, country } = asked.identifier
  return (
    <li>
      <Identifier kind={kind} normal={normal} system={system} country={country} bare />
      <span className={styles.why}>{asked.why}</span>
      <NativeSelect
        size="xs"
        aria-label={`What ${typeof normal === 'string' ? normal : 'this'} is`}
        value={kind}
        data={KINDS}
        onChange={(event) => onChange(event.currentTarget.value as FactKind)}
      />
    </li>
  )
}
