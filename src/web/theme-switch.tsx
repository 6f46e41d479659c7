import { ActionIcon, useMantineColorScheme } from '@mantine/core'
import { ThemeIcon } from './parts/icons.tsx'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const words = `Colours: ${WORDS[colorScheme]}. Change to ${WORDS[NEXT[colorScheme]]}`
  return (
    <ActionIcon
      variant="subtle"
      size={32}
      aria-label={words}
      title={words}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <ThemeIcon />
    </ActionIcon>
  )
}
