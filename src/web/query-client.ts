import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient } from '@tanstack/react-query'

/**
 * What is looked at again is asked again, also what is being asked at that moment. The library asks again only what it has shown
 * before: a page that opens while an act is done would show, for as long as it counts as fresh, an answer from before the act.
 */
export class HouseClient extends QueryClient {
  override invalidateQueries<Key extends readonly unknown[] = readonly unknown[]>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const asking = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
    for (const query of asking) {
      if (query.state.data !== undefined && query.isActive()) continue
      // whoever waits for the old answer gets the new one
      void query.cancel({ silent: true })
      void query.fetch().catch(() => undefined)
    }
    return super.invalidateQueries(filters, options)
  }
}
