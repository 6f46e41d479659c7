import { Anchor, Button } from '@mantine/core'
import { ROLE_NAMES } from '../core/role.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { countryWords } from '../web/parts/words.ts'
import { signInWithPassword } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import type { HouseInfo } from './shapes.ts'
import styles from './sign-in.module.css'

export type DemoHouse = NonNullable<(typeof HouseInfo)['_output']['demo']>
type Person = DemoHouse['people'][number]

interface Props {
  readonly demo: DemoHouse
  readonly onDone: () => unknown
}

/** The invented people of a demo. Two windows of one browser share a session, so each person has an address of their own. */
export function DemoPeople({ demo, onDone }: Props) {
  return (
    <section>
      <h2>This is a demo: nobody here is real</h2>
      <p className="quiet">
        Play the night from both sides: open two people, each in a window of their own. Everyone’s password is{' '}
        <span className="mono">{demo.password}</span>.
      </p>
      <ul className={styles.people}>
        {demo.people.map((person) => (
          <DemoPerson key={person.email} person={person} password={demo.password} onDone={onDone} />
        ))}
      </ul>
    </section>
  )
}

interface PersonProps {
  readonly person: Person
  readonly password: string
  readonly onDone: () => unknown
}

function DemoPerson({ person, password, onDone }: PersonProps) {
  const here = person.host === location.hostname
  const enter = useAct(() => signInWithPassword(person.email, password), onDone)
  const port = location.port ? `:${location.port}` : ''
  return (
    <li data-here={here || undefined}>
      <span>
        <strong>{person.name}</strong>, {ROLE_NAMES[person.role]}
        <br />
        <span className="quiet small">
          {person.orgName}, {countryWords(person.country)}
        </span>
      </span>
      <Button
        size="xs"
        variant="default"
        loading={enter.busy}
        aria-label={`Sign in here as ${person.name}`}
        onClick={() => void enter.run(undefined)}
      >
        Sign in here
      </Button>
      {here ? (
        <span className="quiet small">this window’s own</span>
      ) : (
        <Anchor
          size="sm"
          underline="always"
          href={`${location.protocol}//${person.host}${port}/sign-in`}
          target="_blank"
          rel="noopener"
          aria-label={`Open a window of their own for ${person.name}`}
        >
          Open in a window of their own
        </Anchor>
      )}
      {enter.error && (
        <div className={styles.error}>
          <ErrorNote error={enter.error} />
        </div>
      )}
    </li>
  )
}
