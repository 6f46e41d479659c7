import { Radio } from '@mantine/core'
import { passkeysWork } from '../web/passkey.ts'
import styles from './invite.module.css'

export type Way = 'passkey' | 'password'

interface Props {
  readonly way: Way
  readonly onChange: (way: Way) => void
  /** Whether the organisation allows passwords. */
  readonly passwords: boolean
}

/** A passkey where the device can; a password otherwise, or by choice. */
export function WayChoice({ way, onChange, passwords }: Props) {
  const can = passkeysWork()
  return (
    <Radio.Group
      value={way}
      onChange={(value) => onChange(value === 'password' ? 'password' : 'passkey')}
      aria-label="How you sign in"
    >
      <div className={styles.ways}>
        <Radio
          value="passkey"
          disabled={!can}
          label="With a passkey (safest)"
          description={
            can
              ? 'Your finger, face or device code. It cannot be guessed, and nobody can trick you into giving it away.'
              : 'This browser or address cannot use passkeys.'
          }
        />
        <Radio
          value="password"
          label="With a password"
          disabled={!passwords}
          description={
            passwords
              ? 'Works everywhere, and is only as good as the words you choose.'
              : 'Your organisation wants passkeys. Open this link on a device that has them.'
          }
        />
      </div>
    </Radio.Group>
  )
}
