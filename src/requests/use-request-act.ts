import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RequestWhole } from '../freeze/shapes.ts'
import { queries, showAnswer } from '../web/queries.ts'
import { type Act, asHouseError, useAct } from '../web/use-act.ts'

export interface RequestAct<In> extends Act<In, RequestWhole> {
  /** It came too late: what somebody had made of the request in between, which the page now shows; null when it did not. */
  readonly outrun: RequestWhole['status'] | null
}

/** An act on a request: the answer is what the page shows next; when somebody was first, the page is refreshed. */
export function useRequestAct<In>(
  id: string,
  act: (it: In, key: string) => Promise<RequestWhole>,
  onDone?: (whole: RequestWhole, it: In) => unknown,
): RequestAct<In> {
  const client = useQueryClient()
  const [outrun, setOutrun] = useState<RequestWhole['status'] | null>(null)
  const { queryKey } = queries.request(id)
  const acting = useAct(
    async (it: In, key: string) => {
      const before = client.getQueryData(queryKey)
      setOutrun(null)
      try {
        return await act(it, key)
      } catch (cause) {
        if (asHouseError(cause).code === 'conflict') {
          await client.refetchQueries({ queryKey })
          const now = client.getQueryData(queryKey)?.status
          setOutrun(now === undefined || now === before?.status ? null : now)
        }
        throw cause
      }
    },
    async (whole, it) => {
      await showAnswer(queryKey, whole)
      void client.invalidateQueries({ queryKey: ['desk'] })
      return onDone?.(whole, it)
    },
  )
  return { ...acting, outrun }
}
