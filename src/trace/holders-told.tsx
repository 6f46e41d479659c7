import { Link } from '@tanstack/react-router'
import { type Protection, protectionWords, signsOn } from '../core/protection.ts'
import type { MethodAnswer } from '../web/trace-words.ts'
import styles from './trace.module.css'
import type { ScreenRead, useTrace } from './use-trace.ts'

/** What was found about the holders, and what was read before a freeze. */
export type Screened = Pick<ReturnType<typeof useTrace>, 'protection' | 'screens' | 'noteScreen'>

export const UNREAD: ScreenRead = { read: false, second: '' }

/** Stands above every list of accounts: whether anybody asked if their holders are free. */
export function HoldersTold({
  answer,
  protection,
}: {
  readonly answer: MethodAnswer
  readonly protection: Protection | null
}) {
  const { held, hops, from } = answer.trace
  const all = [from, ...held.map((it) => it.account), ...hops.flatMap((it) => [it.from ?? '', it.to ?? ''])]
  return (
    <p className={styles.told}>
      {protectionWords(protection, all)} Somebody who was forced may hold any of these accounts.{' '}
      {protection === null && (
        <>
          To ask, choose the same files with an accounts file under <Link to="/screen">Screen</Link> and
          follow the money from there.
        </>
      )}
    </p>
  )
}

export function ProtectMark({
  account,
  protection,
}: {
  readonly account: string | null
  readonly protection: Protection | null
}) {
  const signs = account === null ? [] : signsOn(protection, account)
  if (signs.length === 0) return null
  return (
    <strong className={styles.protect} title={signs.join('; ')}>
      protection first
    </strong>
  )
}
