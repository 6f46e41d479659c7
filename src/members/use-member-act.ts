import { queryClient } from '../web/queries.ts'
import { type Act, useAct } from '../web/use-act.ts'

type Shown = 'network' | 'proposals' | 'removals' | 'vouches' | 'groups' | 'meetings' | 'approvals'

/** An act on the network; what it changes is looked at again before it counts as done. */
export function useMemberAct<In, Out>(
  changes: readonly Shown[],
  act: (it: In, key: string) => Promise<Out>,
  onDone?: (out: Out, it: In) => unknown,
): Act<In, Out> {
  return useAct(act, async (out, it) => {
    await Promise.all(changes.map((name) => queryClient.invalidateQueries({ queryKey: [name] })))
    await onDone?.(out, it)
  })
}
