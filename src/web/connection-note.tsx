import { useEffect, useState } from 'react'
import { useConnection } from './connection.ts'
import styles from './connection-note.module.css'
import { WarnIcon } from './parts/icons.tsx'
import { capital } from './parts/words.ts'

/** Said only when a break lasts: short ones heal before anybody reads. */
const PATIENCE_MS = 700

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return online
}

/** Under the top bar, while the server cannot be reached: what happened, and that it is being tried again. */
export function ConnectionNote() {
  const { brokenSince, why } = useConnection()
  const online = useOnline()
  const [patient, setPatient] = useState(true)
  const broken = brokenSince !== null || !online
  useEffect(() => {
    setPatient(true)
    if (!broken) return
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [broken])
  return (
    <div role="status">
      {broken && !patient && (
        <p className={styles.note}>
          <WarnIcon />
          <span>
            {online
              ? `${capital(whatIs(why))}. Trying again; nothing you typed is lost.`
              : 'You are offline. What you typed stays here; it is sent when you are back.'}
          </span>
        </p>
      )}
    </div>
  )
}

/** What is the matter; what else its words say of trying again and of what is lost, the note says itself. */
function whatIs(why: string | null): string {
  return why?.split(';')[0] ?? 'the server cannot be reached'
}
