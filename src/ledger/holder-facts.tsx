import { type RefObject, useEffect, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import type { ScreenWork } from '../web/screen-words.ts'
import type { Calls } from '../web/worker-calls.ts'
import type { AboutHolder } from './holder.ts'
import styles from './screen.module.css'

interface Props {
  readonly account: string
  readonly calls: RefObject<Calls<ScreenWork> | null>
}

/** Who the holder is by the files, what came and went, and who else names the account. */
export function HolderFacts({ account, calls }: Props) {
  const [about, setAbout] = useState<AboutHolder | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  useEffect(() => {
    let current = true
    calls.current?.do('about', { account }).then(
      (it) => current && setAbout(it),
      (error) => current && setFailed(error),
    )
    return () => {
      current = false
    }
  }, [account, calls])
  if (failed !== null) return <ErrorNote error={failed} what="The account was not looked up" />
  return (
    <section className={styles.about} aria-label={`What the files say of ${account}`}>
      {about ? about.facts.map((it) => <p key={it}>{it}</p>) : <p className="quiet">Looking it up …</p>}
    </section>
  )
}
