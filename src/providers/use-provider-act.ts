import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { type Act, useAct } from '../web/use-act.ts'
import type { Provider } from './shapes.ts'

type Providers = { readonly providers: Provider[] }

/** What changes providers answers with all of them; what hangs on them is looked at anew. */
export function useProviderAct<In>(
  act: (it: In, key: string) => Promise<Providers>,
  onDone?: () => void,
): Act<In, Providers> {
  return useAct(act, async (now) => {
    await showAnswer(queries.providers().queryKey, now)
    await queryClient.invalidateQueries({ queryKey: queries.waysIn().queryKey })
    onDone?.()
  })
}
