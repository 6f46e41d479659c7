import { Button, Textarea, TextInput } from '@mantine/core'
import { memo } from 'react'
import type { SealedName } from '../extract/reading.ts'
import { SealIcon } from '../web/parts/icons.tsx'
import styles from './cards.module.css'
import type { Identity } from './draft.ts'

export interface IdentityCardProps {
  readonly identity: Identity
  readonly onIdentity: (identity: Identity) => void
  /** Names of people in the text: offered here, and nowhere else. */
  readonly names: readonly SealedName[]
  readonly orgName: string
}

/** Who the report is about: sealed from the first letter on. */
export const IdentityCard = memo(function IdentityCard({
  identity,
  onIdentity,
  names,
  orgName,
}: IdentityCardProps) {
  const set = (part: keyof Identity) => (event: { currentTarget: { value: string } }) =>
    onIdentity({ ...identity, [part]: event.currentTarget.value })
  const offered = [...new Set(names.map(({ text }) => text))].filter((name) => !identity.name.includes(name))
  return (
    <section className={`${styles.card} ${styles.sealed}`} aria-label="The person, sealed">
      <header>
        <h2>
          <SealIcon /> The person
        </h2>
        <p>
          Sealed. Only people of {orgName} who hold a key can read this. It is added to a request only if you
          tick it there.
        </p>
      </header>
      <div className={styles.two}>
        <TextInput
          label="Name, or how you call them"
          value={identity.name}
          onChange={set('name')}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          label="A safe way to reach them"
          value={identity.contact}
          onChange={set('contact')}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      {offered.length > 0 && (
        <p className={styles.offers}>
          <span>Names in the text:</span>
          {offered.slice(0, 8).map((name) => (
            <Button
              key={name}
              size="compact-xs"
              variant="default"
              onClick={() =>
                onIdentity({ ...identity, name: identity.name === '' ? name : `${identity.name}, ${name}` })
              }
            >
              + <bdi>{name}</bdi>
            </Button>
          ))}
        </p>
      )}
      <Textarea
        label="Notes: language, what they know, what they agreed to"
        value={identity.notes}
        onChange={set('notes')}
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
      />
    </section>
  )
})
