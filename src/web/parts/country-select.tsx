import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { ISO_COUNTRIES } from '../../extract/iso-countries.ts'
import { countryWords } from './words.ts'

export interface CountrySelectProps {
  readonly label: string
  /** ISO 3166-1 alpha-2; '' when not known. */
  readonly value: string
  readonly onValue: (code: string) => void
  readonly description?: ReactNode
}

const COUNTRIES = [...ISO_COUNTRIES]
  .map((value) => ({ value, label: countryWords(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'))

/** A country by its name, or “not known”. */
export function CountrySelect({ label, value, onValue, description }: CountrySelectProps) {
  return (
    <NativeSelect
      size="sm"
      label={label}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      data={[{ value: '', label: 'not known' }, ...COUNTRIES]}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  )
}
