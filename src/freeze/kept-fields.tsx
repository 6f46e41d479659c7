import { Autocomplete, Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Entry } from '../reports/entries.ts'
import { CountrySelect } from '../web/parts/country-select.tsx'
import { countryWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import styles from './who-can-act.module.css'

/** The country and the bank of an account. */
export interface KeptAt {
  readonly country: string | undefined
  readonly system: string | undefined
}

interface Props {
  readonly account: Entry
  readonly onKept: (kept: KeptAt) => void
}

/** Where the account is kept: as it was read, and always for a person to say otherwise. What is only assumed says so. */
export function KeptFields({ account, onKept }: Props) {
  const { country, system, assumed } = account
  const isWallet = account.kind === 'crypto_address'
  return (
    <>
      <div className={styles.kept}>
        <CountrySelect
          label="This account is kept in"
          value={country ?? ''}
          onValue={(it) => onKept({ country: it || undefined, system })}
          description={assumed ? 'assumed: the number does not say it' : null}
        />
        {assumed && (
          <Button
            size="compact-sm"
            variant="default"
            className={styles.offer ?? ''}
            onClick={() => onKept({ country, system })}
          >
            {`Yes, in ${countryWords(country ?? null)}`}
          </Button>
        )}
      </div>
      {!isWallet && <BankField key={account.key} account={account} onKept={onKept} />}
    </>
  )
}

/** The bank as it is called; taken when the field is left, so that half a name is nobody's bank. */
function BankField({ account, onKept }: Props) {
  const { country, system = '' } = account
  const [name, setName] = useState(system)
  useEffect(() => setName(system), [system])
  const { data } = useSuspenseQuery(queries.network())
  const banks = data.orgs.filter((org) => org.kind === 'bank' && org.leftAt === null)
  const take = (typed: string) => {
    if (typed.trim() !== system) onKept({ country, system: typed.trim() || undefined })
  }
  return (
    <Autocomplete
      size="sm"
      label="Kept at (bank)"
      placeholder="not known"
      value={name}
      onChange={setName}
      onOptionSubmit={take}
      onBlur={() => take(name)}
      data={[...new Set(banks.map((org) => org.name))]}
      autoComplete="off"
    />
  )
}
