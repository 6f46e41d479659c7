/**
 * What stood behind the question mark when this page was opened. Read before the router puts addresses into its own spelling: an
 * identity provider's answer counts as it was written.
 */
export const arrivedWith = location.search
