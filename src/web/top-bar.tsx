import { ConnectionNote } from './connection-note.tsx'
import { Marking } from './marking.tsx'
import { MemberMenu } from './member-menu.tsx'
import { clockOf, zoneName } from './parts/moment.ts'
import { useNow } from './parts/use-now.ts'
import { SearchBox } from './search-box.tsx'
import { useMe } from './session.ts'
import styles from './top-bar.module.css'

/** Above every page: search for anything, my organisation and its hour, who sees this page. Nothing else. */
export function TopBar() {
  const { org } = useMe()
  const now = useNow()
  return (
    <header className={styles.top}>
      <div className={styles.bar}>
        <SearchBox />
        <Marking />
        <span className={styles.org}>
          <span>{org.name}</span>
          <time className="quiet">
            {clockOf(new Date(now), org.timeZone)} {zoneName(org.timeZone)}
          </time>
        </span>
        <MemberMenu />
      </div>
      <ConnectionNote />
    </header>
  )
}
