import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'

/** The one next action of a page: the only thing that is ember, besides clocks that run out. */
export function NextAction(props: ButtonProps & Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps>) {
  return <Button color="ember" size="md" {...props} />
}
