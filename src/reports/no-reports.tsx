import type { Role } from '../core/role.ts'
import { ROLE_NAMES } from '../core/role.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { Headline } from '../web/parts/headline.tsx'

/** For those whose work is not writing reports. */
export function NoReports({ role }: { readonly role: Role }) {
  return (
    <>
      <Headline>Reports</Headline>
      <EmptyState title={`As ${ROLE_NAMES[role]} you write no reports.`}>
        Caseworkers, officers and financial intelligence analysts do. What they ask of you stands under Act.
      </EmptyState>
    </>
  )
}
