import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'
import styles from './next-action.module.css'

type NextActionProps = Omit<ButtonProps & ComponentPropsWithoutRef<'button'>, 'className'>

/** The one next action of a page: the only thing that is ember, besides clocks that run out. */
export function NextAction(props: NextActionProps) {
  return <Button color="ember" size="md" className={styles.action ?? ''} {...props} />
}
