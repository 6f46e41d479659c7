import type { Me } from '../access/shapes.ts'
import type { Rail } from '../freeze/rail.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import type { OrgCard } from '../members/shapes.ts'

/** A request, who looks at it, and what the network says of everybody in it. */
export interface Scene {
  readonly request: RequestWhole
  readonly me: Me
  readonly orgs: readonly OrgCard[]
  /** The rail it was sent on; missing when the files of this server no longer have it. */
  readonly rail: Rail | undefined
}

export function orgOf({ orgs }: Pick<Scene, 'orgs'>, id: string): OrgCard | undefined {
  return orgs.find((org) => org.id === id)
}

/** Where another organisation's clock stands, for the hour that is told on hover. */
export function zoneOf(scene: Pick<Scene, 'orgs'>, id: string): { timeZone: string; name: string } | null {
  const org = orgOf(scene, id)
  return org ? { timeZone: org.timeZone, name: org.name } : null
}

/** Who is on the other side of whoever looks: the sender for everybody but the sender. */
export function otherSide({ request }: Pick<Scene, 'request'>): { id: string; name: string } {
  return request.as === 'sender'
    ? { id: request.toOrg, name: request.toName }
    : { id: request.fromOrg, name: request.fromName }
}
