import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { FactKind, Normal } from '../core/fact.ts'
import { isMatchableKind } from '../match/canonical.ts'
import { handOver } from '../web/hand-over.ts'
import { plain } from '../web/parts/grouping.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { isHere, mayAsk, mayFind } from './finding.ts'

interface Props {
  readonly kind: FactKind
  readonly normal: Normal
  /** The request on whose page it stands: only the others are named. */
  readonly requestId?: string
  /**
   * It stands in the clear at the server already, so its own requests may be looked up by it. Never where it is sealed: the
   * question itself would tell.
   */
  readonly inClear: boolean
}

/** The menu of an identifier: copy it, ask blind whether the network knows it, and where it stands in my own requests. */
export function IdentifierItems({ kind, normal, requestId, inClear }: Props) {
  const { member } = useMe()
  const navigate = useNavigate()
  const text = plain(normal)
  const know = () => {
    handOver(text)
    void navigate({ to: '/know' })
  }
  return (
    <>
      <Menu.Item onClick={() => void navigator.clipboard.writeText(text)}>Copy</Menu.Item>
      {isMatchableKind(kind) && mayAsk(member.role) && (
        <Menu.Item onClick={know}>Does the network know it? Asks blind</Menu.Item>
      )}
      {inClear && mayFind(member.role) && <Elsewhere {...{ kind, text, requestId }} />}
    </>
  )
}

interface ElsewhereProps {
  readonly kind: FactKind
  readonly text: string
  readonly requestId: string | undefined
}

/** Asked when the menu opens. */
function Elsewhere({ kind, text, requestId }: ElsewhereProps) {
  const { data, error } = useQuery(queries.entities(text))
  const found = data?.entities.filter((it) => isHere(it, { kind, text })) ?? []
  const others = found.flatMap(({ requests }) => requests).filter(({ id }) => id !== requestId)
  const words = () => {
    if (error) return 'My other requests could not be asked'
    if (!data) return 'Looking in my other requests …'
    return others.length === 0 ? 'In no other request of mine' : 'Also in'
  }
  return (
    <>
      <Menu.Divider />
      <Menu.Label role="status">{words()}</Menu.Label>
      {others.map(({ id, ref }) => (
        <Menu.Item key={id} renderRoot={(props) => <Link to="/requests/$id" params={{ id }} {...props} />}>
          {ref}
        </Menu.Item>
      ))}
    </>
  )
}
