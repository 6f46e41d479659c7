import { Link, Outlet } from '@tanstack/react-router'
import { useMay } from '../web/session.ts'
import styles from './members.module.css'

const PAGES = [
  { to: '/network', words: 'Organisations', exact: true },
  { to: '/network/admission', words: 'Admission', exact: false },
  { to: '/network/groups', words: 'Groups', exact: false },
  { to: '/network/meetings', words: 'Meetings', exact: false },
] as const

/** The pages of the network, named above each of them. */
export function NetworkPlace() {
  const maySee = useMay('vouches.read')
  return (
    <>
      <nav className={styles.nav} aria-label="Network">
        {PAGES.map(({ to, words, exact }) => (
          <Link key={to} to={to} activeOptions={{ exact, includeSearch: false }}>
            {words}
          </Link>
        ))}
        {maySee && <Link to="/network/vouches">Vouches</Link>}
      </nav>
      <Outlet />
    </>
  )
}
