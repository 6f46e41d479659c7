import type { CaseTables } from './schema/cases.ts'
import type { LogTables } from './schema/log.ts'
import type { NetworkTables } from './schema/network.ts'
import type { PeopleTables } from './schema/people.ts'
import type { ProviderTables } from './schema/providers.ts'
import type { SealedTables } from './schema/sealed.ts'
import type { SharingTables } from './schema/sharing.ts'

export type { ApprovalKind, PasswordRule, RequestEventKind, Tlp } from './schema/columns.ts'

/** The tables as `migrations/` makes them; schema.test.ts holds the two equal. */
export interface Database
  extends PeopleTables,
    NetworkTables,
    ProviderTables,
    LogTables,
    SealedTables,
    CaseTables,
    SharingTables {}
