import { type DragEvent, type ReactNode, useState } from 'react'
import styles from './drop-place.module.css'

interface DropPlaceProps {
  /** Called with at least one file. */
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}

/** A page onto which files can be dropped. There is always a button too: nobody has to drag. */
export function DropPlace({ onFiles, children }: DropPlaceProps) {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) onFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a second way; the button is the first
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      data-over={over || undefined}
      className={styles.place}
    >
      {children}
    </div>
  )
}
