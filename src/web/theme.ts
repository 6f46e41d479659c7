import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

/** Warm greys from ground to ink; 9 is the ink of light pages, 1 that of dark ones. */
const ink: MantineColorsTuple = [
  '#faf8f5',
  '#ede8e3',
  '#e2dcd3',
  '#cdc5ba',
  '#a8a096',
  '#7c756c',
  '#57524b',
  '#3d3935',
  '#292524',
  '#1c1917',
]

/** Grounds and lines of the dark theme, as Mantine counts them: 0 text, 2 dimmed, 4 lines, 6 raised, 7 ground. */
const dark: MantineColorsTuple = [
  '#ede8e3',
  '#d6d0c9',
  '#b3aca3',
  '#8c857c',
  '#45403b',
  '#332e2a',
  '#23201c',
  '#171412',
  '#110f0d',
  '#0b0a09',
]

/** One colour for each meaning. The theme takes shade 9 on light pages and shade 1 on dark ones; their neighbours are hovers. */
const meaning = (light: string, lightHover: string, dark: string, darkHover: string): MantineColorsTuple => [
  darkHover,
  dark,
  darkHover,
  dark,
  dark,
  light,
  light,
  light,
  lightHover,
  light,
]

/** What stands on a filled colour: chosen per theme, because one choice is not readable on both. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  return input.variant === 'filled' ? { ...colors, color: 'var(--on-filled)' } : colors
}

export const theme = createTheme({
  variantColorResolver: variantColors,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Thai", "Noto Sans Khmer", "Noto Sans Myanmar", "Noto Sans Lao", "Noto Sans SC", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  white: '#ffffff',
  black: '#1c1917',
  colors: {
    ink,
    // Mantine's own greys are cool; these are the same warm ones
    gray: ink,
    dark,
    ember: meaning('#c2410c', '#9a3412', '#f97316', '#fb923c'),
    held: meaning('#15803d', '#166534', '#4ade80', '#86efac'),
    risk: meaning('#b45309', '#92400e', '#fbbf24', '#fcd34d'),
    lost: meaning('#b91c1c', '#991b1b', '#f87171', '#fca5a5'),
    sealed: meaning('#4338ca', '#3730a3', '#a5b4fc', '#c7d2fe'),
    info: meaning('#0369a1', '#075985', '#38bdf8', '#7dd3fc'),
  },
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 1 },
  defaultRadius: 6,
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.3125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.45', xl: '1.3' },
  spacing: { xs: '0.375rem', sm: '0.625rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  breakpoints: { xs: '30em', sm: '40em', md: '56em', lg: '75em', xl: '90em' },
  headings: {
    fontWeight: '640',
    textWrap: 'pretty',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  shadows: {
    xs: 'none',
    sm: 'none',
    md: '0 2px 12px rgb(28 25 23 / 0.10)',
    lg: '0 2px 12px rgb(28 25 23 / 0.10)',
    xl: 'none',
  },
  components: {
    Radio: { defaultProps: { iconColor: 'var(--on-filled)' } },
    Checkbox: { defaultProps: { iconColor: 'var(--on-filled)' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
})

/** Mantine's own colours follow the house's; the house's names are in tokens.css. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#faf8f5',
    '--mantine-color-text': '#1c1917',
    '--mantine-color-dimmed': '#57524b',
    '--mantine-color-placeholder': '#6b655d',
    '--mantine-color-anchor': '#1c1917',
    '--mantine-color-default-border': '#cdc5ba',
    '--mantine-color-error': '#b91c1c',
  },
  dark: {
    '--mantine-color-body': '#171412',
    '--mantine-color-text': '#ede8e3',
    '--mantine-color-dimmed': '#b3aca3',
    '--mantine-color-placeholder': '#9c958b',
    '--mantine-color-anchor': '#ede8e3',
    '--mantine-color-default': '#1f1b18',
    '--mantine-color-default-hover': '#2a2622',
    '--mantine-color-default-border': '#45403b',
    '--mantine-color-error': '#f87171',
  },
})
