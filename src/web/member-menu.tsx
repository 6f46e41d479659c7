import { ActionIcon, Button, Popover } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { UnlockCard } from '../access/unlock-card.tsx'
import { ROLE_NAMES } from '../core/role.ts'
import { useStoredKey } from './keys.ts'
import styles from './member-menu.module.css'
import { ErrorNote } from './parts/error-note.tsx'
import { KeyIcon, PersonIcon } from './parts/icons.tsx'
import { forgetPages, signOut, useMe } from './session.ts'
import { ThemeSwitch } from './theme-switch.tsx'
import { useAct } from './use-act.ts'

/** Who I am, whether my key is open, colours, what was recorded, and the way out. */
export function MemberMenu() {
  const me = useMe()
  const key = useStoredKey(me.member.id)
  const navigate = useNavigate()
  const leave = useAct(signOut, async () => {
    await navigate({ to: '/sign-in' })
    forgetPages()
  })
  return (
    <Popover position="bottom-end" width={300} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={32}
          radius={32}
          aria-label={`${me.member.name}: your key, colours, sign out${key === null ? '. Your key is locked' : ''}`}
        >
          {key === null ? <KeyIcon /> : <PersonIcon />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu ?? ''}>
        <p>
          <strong>{me.member.name}</strong>
          <br />
          <span className="quiet small">
            {ROLE_NAMES[me.member.role]}, {me.org.name}
            <br />
            {me.network}
          </span>
        </p>
        {key === null ? (
          <UnlockCard me={me} />
        ) : (
          <p className="quiet small">Your key is open in this browser, until you sign out.</p>
        )}
        <div className={styles.line}>
          <span>
            <Link to="/audit">What was recorded</Link>
            <br />
            <Link to="/keys">Keys</Link>
            <br />
            <Link to="/sessions">Where I am signed in</Link>
          </span>
          <ThemeSwitch />
        </div>
        <Button variant="default" fullWidth loading={leave.busy} onClick={() => void leave.run(undefined)}>
          Sign out and forget the key
        </Button>
        {leave.error && (
          <ErrorNote error={leave.error} what="The key is forgotten, but you are not signed out yet" />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
