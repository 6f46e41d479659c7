import { Button } from '@mantine/core'
import { toCsv } from './csv.ts'

interface Props {
  /** File name without ending, e.g. `network`. */
  readonly name: string
  /** What the button says, where there are several. */
  readonly label?: string
  /** Called when pressed; the first row is the head. */
  readonly rows: () => readonly (readonly (string | number)[])[]
}

/** Saves what the list shows as CSV, made here: nothing is asked of the server. */
export function ExportButton({ name, label = 'Export CSV', rows }: Props) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([toCsv(rows())], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${name}-${new Date().toISOString().slice(0, 10)}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Button variant="default" size="xs" onClick={save}>
      {label}
    </Button>
  )
}
