import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { StepUpDialog } from '../access/step-up-dialog.tsx'
import { countersign } from './countersign.ts'
import { useStoredKey } from './keys.ts'
import { useLive } from './live.ts'
import { LogNote } from './log-note.tsx'
import { checkLog, useLogWatch } from './log-watch.ts'
import { Mark } from './mark.tsx'
import { ActIcon, KnowIcon, LedgerIcon, NetworkIcon, ReportIcon } from './parts/icons.tsx'
import { useMe, useSignedOut } from './session.ts'
import styles from './shell.module.css'
import { SignedOutNote } from './signed-out-note.tsx'
import { TopBar } from './top-bar.tsx'

/** `holds`: addresses that belong to the word besides its own. */
const ROOMS = [
  { to: '/', word: 'Act', Icon: ActIcon, holds: /^\/(?:requests|orders)\// },
  { to: '/reports', word: 'Report', Icon: ReportIcon, holds: /^\/(?:reports|shares)\/|^\/shared/ },
  { to: '/know', word: 'Know', Icon: KnowIcon, holds: null },
  { to: '/network', word: 'Network', Icon: NetworkIcon, holds: /^\/network\// },
  { to: '/ledger', word: 'Ledger', Icon: LedgerIcon, holds: /^\/(?:trace|screen)/ },
] as const

/** The frame of every page for members: five words, one bar, one page. */
export function Shell() {
  const signedOut = useSignedOut()
  useLive(!signedOut)
  const me = useMe()
  const key = useStoredKey(me.member.id)
  // again once the key is open: only then can this browser countersign
  const watch = useCallback(() => (key ? countersign(me) : checkLog()), [key, me])
  useLogWatch(!signedOut, watch)
  useFocusOnArrival()
  const { pathname } = useLocation()
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
          {ROOMS.map(({ to, word, Icon, holds }) => (
            <li key={to}>
              <Link
                to={to}
                activeProps={{ 'aria-current': undefined }}
                aria-current={pathname === to ? 'page' : holds?.test(pathname) ? 'true' : undefined}
              >
                <Icon size={18} />
                {word}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <TopBar />
      <main id="page" className={styles.page} tabIndex={-1}>
        <LogNote />
        {signedOut && <SignedOutNote />}
        {/* What was typed stays where it is while somebody signs in again. */}
        <div hidden={signedOut}>
          <Outlet />
        </div>
        <StepUpDialog me={me} />
      </main>
    </div>
  )
}

/**
 * On a new page the keyboard and the screen reader begin at the page, unless the page has put them somewhere itself, or the
 * person has moved on in the meantime.
 */
function useFocusOnArrival(): void {
  const router = useRouter()
  useEffect(() => {
    let from: Element | null = null
    const leave = router.subscribe('onBeforeNavigate', () => {
      from = document.activeElement
    })
    const arrive = router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
      const page = document.getElementById('page')
      const now = document.activeElement
      const moved = now !== null && now !== document.body && now !== from
      if (pathChanged && fromLocation && page && !moved) page.focus({ preventScroll: true })
    })
    return () => {
      leave()
      arrive()
    }
  }, [router])
}
