import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { CopyButton } from '../web/parts/identifier.tsx'
import styles from './invite.module.css'

interface Props {
  /** 24 digits in groups of four; null while it is being made. */
  readonly code: string | null
  readonly email: string
  readonly network: string
  readonly onConfirmed: (confirmed: boolean) => void
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

/** The code, shown this once, with copy and print; and two of its groups typed back, so that it is really kept. */
export function RecoveryCode({ code, email, network, onConfirmed }: Props) {
  return (
    <>
      <p className="quiet">
        Your key is made on this device. If you lose your way to sign in, or come with a new device, only this
        code opens what is sealed to you. Nobody else has it, and it is shown this once. Keep it on paper, or
        in a password manager; not beside this device.
      </p>
      <div className={styles.card}>
        <p className={styles.printed}>
          Firebreak recovery code for {email} in {network}. Keep it where only you find it.
        </p>
        <p className={styles.code}>
          <span className="unseen">Recovery code: </span>
          {code === null ? (
            <span className="quiet">Making your key …</span>
          ) : (
            code.split(' ').map((group, i) => <span key={ORDINALS[i]}>{group} </span>)
          )}
        </p>
        {code && (
          <p className={styles.keep}>
            <CopyButton text={code} what="recovery code" />
            <Button size="compact-sm" variant="subtle" onClick={() => print()}>
              Print
            </Button>
          </p>
        )}
      </div>
      <TypedBack code={code} onConfirmed={onConfirmed} />
    </>
  )
}

/** Two groups of the code, typed from where it is kept now. */
function TypedBack({ code, onConfirmed }: Pick<Props, 'code' | 'onConfirmed'>) {
  const groups = code?.split(' ') ?? []
  const [asked] = useState(twoPlaces)
  const [typed, setTyped] = useState(['', ''])
  const right = asked.map((place, i) => groups[place] !== undefined && digits(typed[i]) === groups[place])
  const confirmed = right.every(Boolean)
  useEffect(() => onConfirmed(confirmed), [confirmed, onConfirmed])
  const type = (i: number, value: string) =>
    setTyped((before) => before.map((it, j) => (j === i ? value : it)))
  return (
    <>
      <div className={styles.confirm}>
        {asked.map((place, i) => (
          <TextInput
            key={place}
            label={`Type the ${ORDINALS[place]} group`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            classNames={{ input: 'mono' }}
            value={typed[i] ?? ''}
            error={digits(typed[i]).length >= 4 && !right[i] ? 'This is another number.' : null}
            rightSection={right[i] ? <span aria-hidden="true">✓</span> : null}
            onChange={(event) => type(i, event.currentTarget.value)}
          />
        ))}
      </div>
      <p className="unseen" role="status">
        {confirmed && 'Both groups are right.'}
      </p>
    </>
  )
}

function digits(text = ''): string {
  return text.normalize('NFKC').replace(/\D/g, '')
}

/** Two different places of the six, in order. */
function twoPlaces(): [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint8Array(2))
  const first = a % 5
  return [first, first + 1 + (b % (5 - first))]
}
