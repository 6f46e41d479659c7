import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import { waitsForMe } from './admission-words.ts'
import styles from './members.module.css'

interface Waiting {
  /** “one meeting to answer”: as the headline of the desk counts it. */
  readonly words: string
  readonly to: '/network/admission' | '/network/meetings' | '/network/groups' | '/keys' | '/'
}

const DAY = 86_400_000

/** What waits for this person beside requests: as a second person, in the network, in meetings, with keys. */
export function useAlsoWaits(): readonly Waiting[] {
  const decides = useMay('approval.decide')
  const approvals = useQuery({ ...queries.approvals(), enabled: decides })
  const proposals = useQuery(queries.proposals())
  const removals = useQuery(queries.removals())
  const meetings = useQuery(queries.meetings())
  const recovery = useQuery(queries.recovery())
  const providers = useQuery(queries.providers())
  const groups = useQuery({ ...queries.groups(), enabled: useMay('group.sit') })
  const now = Date.now()
  const second = approvals.data?.approvals.filter(({ waits }) => waits).length ?? 0
  const admission =
    (proposals.data?.proposals.filter(waitsForMe).length ?? 0) +
    (removals.data?.removals.filter(({ mayConfirm }) => mayConfirm).length ?? 0) +
    (providers.data?.providers.filter(({ mayConfirm }) => mayConfirm).length ?? 0)
  const toAnswer =
    meetings.data?.meetings.filter(
      (it) => it.answer === null && it.cancelledAt === null && Date.parse(it.startsAt) > now,
    ).length ?? 0
  // due today or before: a day ends at midnight where one sits
  const due = meetings.data?.due.filter((it) => Date.parse(`${it.due}T00:00`) < now + DAY).length ?? 0
  const asks = recovery.data?.asksMe.length ?? 0
  const gone = recovery.data?.mine?.officers.filter((it) => it.gone).length ?? 0
  const dues = (groups.data?.groups ?? []).filter((it) => it.due !== null)
  const unsteered = dues.filter((it) => it.due === 'steward').length
  const keys = dues.length - unsteered
  const all: (Waiting & { readonly count: number })[] = [
    { count: asks, words: countWords(asks, 'call about a lost key', 'calls about lost keys'), to: '/keys' },
    {
      count: second,
      words: countWords(second, 'question for a second person', 'questions for a second person'),
      to: '/',
    },
    {
      count: keys,
      words: countWords(keys, 'group’s key to make or to give', 'groups’ keys to make or to give'),
      to: '/network/groups',
    },
    {
      count: unsteered,
      words: countWords(unsteered, 'group without a steward', 'groups without a steward'),
      to: '/network/groups',
    },
    {
      count: recovery.data?.signingKeyDue ? 1 : 0,
      words: 'one signing key to make anew: who held it left',
      to: '/keys',
    },
    {
      count: gone,
      words: countWords(
        gone,
        'officer of your key to replace: they left',
        'officers of your key to replace: they left',
      ),
      to: '/keys',
    },
    {
      count: admission,
      words: countWords(admission, 'matter of admission', 'matters of admission'),
      to: '/network/admission',
    },
    {
      count: due,
      words: countWords(due, 'thing you agreed to do', 'things you agreed to do'),
      to: '/network/meetings',
    },
    {
      count: toAnswer,
      words: countWords(toAnswer, 'meeting to answer', 'meetings to answer'),
      to: '/network/meetings',
    },
  ]
  return all.filter(({ count }) => count > 0)
}

/** The same as links, below the headline; what stands on this page itself has none. */
export function AlsoWaits() {
  const elsewhere = useAlsoWaits().filter(({ to }) => to !== '/')
  if (elsewhere.length === 0) return null
  return (
    <section className={styles.section} aria-label="Also waits for you">
      <ul className={styles.rows}>
        {elsewhere.map(({ words, to }) => (
          <li key={words}>
            <Link to={to}>{words.charAt(0).toUpperCase() + words.slice(1)}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
