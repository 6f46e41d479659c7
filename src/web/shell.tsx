import { Link, Outlet } from '@tanstack/react-router'
import { useLive } from './live.ts'
import { Mark } from './mark.tsx'
import { ActIcon, KnowIcon, LedgerIcon, NetworkIcon, ReportIcon } from './parts/icons.tsx'
import { useSignedOut } from './session.ts'
import styles from './shell.module.css'
import { SignedOutNote } from './signed-out-note.tsx'
import { TopBar } from './top-bar.tsx'

const ROOMS = [
  { to: '/', word: 'Act', Icon: ActIcon },
  { to: '/reports', word: 'Report', Icon: ReportIcon },
  { to: '/know', word: 'Know', Icon: KnowIcon },
  { to: '/network', word: 'Network', Icon: NetworkIcon },
  { to: '/ledger', word: 'Ledger', Icon: LedgerIcon },
] as const

/** The frame of every page for members: five words, one bar, one page. */
export function Shell() {
  const signedOut = useSignedOut()
  useLive(!signedOut)
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#page">
        Skip to the page
      </a>
      <nav className={styles.rail} aria-label="Main">
        <div className={styles.mark}>
          <Mark />
        </div>
        <ul>
          {ROOMS.map(({ to, word, Icon }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }}>
                <Icon size={18} />
                {word}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <TopBar />
      <main id="page" className={styles.page} tabIndex={-1}>
        {signedOut && <SignedOutNote />}
        {/* What was typed stays where it is while somebody signs in again. */}
        <div hidden={signedOut}>
          <Outlet />
        </div>
      </main>
    </div>
  )
}
