import { Checkbox, Radio } from '@mantine/core'
import styles from './screen.module.css'

export type Where = 'here' | 'server'

interface Props {
  readonly where: Where
  readonly onWhere: (where: Where) => void
  readonly isOurs: boolean
  readonly onOurs: (isOurs: boolean) => void
}

/** Which computer does the work. A bank's books leave this device only for a server of the bank, and only when she says so. */
export function WhereScreened({ where, onWhere, isOurs, onOurs }: Props) {
  const { host } = location
  return (
    <section className={styles.where} aria-label="Where these books are screened">
      <Radio.Group
        label="Where are they screened?"
        value={where}
        onChange={(value) => onWhere(value === 'server' ? 'server' : 'here')}
      >
        <Radio value="here" label="In this browser" description="Nothing is uploaded." />
        <Radio
          value="server"
          label={`On the server ${host}`}
          description="For books that are too large for this computer, at most 2 GiB at once."
        />
      </Radio.Group>
      {where === 'server' && (
        <>
          <p>
            The files go from this computer to {host}, where this page comes from, and to nobody else. They
            are written to its disk while they are judged and removed before the answer comes back; its log
            keeps that you screened, how many payments and how many alerts. In that time whoever runs {host}{' '}
            could read them: choose this only if that is your own organisation.
          </p>
          <Checkbox
            label={`My organisation runs ${host} itself`}
            checked={isOurs}
            onChange={({ currentTarget }) => onOurs(currentTarget.checked)}
          />
        </>
      )}
    </section>
  )
}
