import type { ColumnType } from 'kysely'

/** Columns as the driver gives and takes them; bigint arrives as a string. */
export type Moment = ColumnType<Date, Date | string | undefined, Date | string>
export type LaterMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
export type Big = ColumnType<string, number | bigint | string, number | bigint | string>
export type Json<T> = ColumnType<T, string, string>

export type Tlp = 'RED' | 'AMBER+STRICT' | 'AMBER' | 'GREEN' | 'CLEAR'
/** How people of an organisation may use passwords: not, with a one-time code, or alone (invented networks). */
export type PasswordRule = 'none' | 'with_code' | 'alone'
/** Whether members of an organisation are asked where a book is screened, or books stay on their devices. */
export type BooksRule = 'asked' | 'here'
export type ApprovalKind = 'victim_disclosure' | 'victim_unmark' | 'member_reentry'
export type RequestEventKind =
  | 'sent'
  | 'acknowledged'
  | 'ordered'
  | 'answered'
  | 'moved'
  | 'joined'
  | 'said'
  | 'thanked'
  | 'closed'
  | 'declined'
  | 'recalled'
