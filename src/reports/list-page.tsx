import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { NextAction } from '../web/parts/next-action.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TlpLabel } from '../web/parts/tlp-label.tsx'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { capital } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { DraftList } from './draft-list.tsx'
import { count } from './kinds.ts'
import { NoReports } from './no-reports.tsx'
import styles from './page.module.css'
import { joinWords, mayReport, requestWords, tokenWords } from './report-words.ts'
import type { Report } from './shapes.ts'

/** Drafts to go on with, then the reports of my organisation, newest first. */
export function ReportListPage() {
  const { member } = useMe()
  return mayReport(member.role) ? <Reports /> : <NoReports role={member.role} />
}

function Reports() {
  const reports = useInfiniteQuery(queries.reports())
  const { data: kept } = useQuery(queries.drafts())
  const all = reports.data?.pages.flatMap((page) => page.reports) ?? []
  const waiting = all.flatMap(({ requests }) => requests).filter(({ status }) => status === 'sent').length
  const drafts = kept?.drafts ?? []
  return (
    <>
      <Headline
        title="Reports"
        below={
          <>
            {waiting > 0 && `${count(waiting, 'request')} sent and not taken on yet. `}
            <Link to="/shared">Shared with you by others</Link>
          </>
        }
        action={<ToWrite newest={drafts[0]?.id ?? null} />}
      >
        {headline({ shown: all.length, more: reports.hasNextPage, drafts: drafts.length })}
      </Headline>
      <DraftList />
      {reports.error && (
        <ErrorNote
          error={reports.error}
          what="The reports were not loaded"
          onRetry={() => reports.refetch()}
        />
      )}
      {reports.data && all.length === 0 && (
        <EmptyState title="No report is saved yet.">
          Paste a chat or a statement into a new report: accounts, amounts and dates are found in your
          browser, and the text stays sealed. Saved reports of your organisation stand here.
        </EmptyState>
      )}
      {all.length > 0 && <ReportTable reports={all} />}
      {reports.hasNextPage && (
        <Button
          mt="sm"
          variant="default"
          loading={reports.isFetchingNextPage}
          onClick={() => void reports.fetchNextPage()}
        >
          Older reports
        </Button>
      )}
    </>
  )
}

/** What was begun comes first: with a draft there, going on with it is the next action, and a new report the other. */
function ToWrite({ newest }: { readonly newest: string | null }) {
  const navigate = useNavigate()
  const fresh = () => void navigate({ to: '/reports/new', search: {} })
  if (newest === null) return <NextAction onClick={fresh}>New report</NextAction>
  return (
    <div className={styles.actions}>
      <Button variant="default" size="md" onClick={fresh}>
        New report
      </Button>
      <NextAction onClick={() => void navigate({ to: '/reports/new', search: { draft: newest } })}>
        Go on with the draft
      </NextAction>
    </div>
  )
}

interface Listed {
  readonly shown: number
  readonly more: boolean
  readonly drafts: number
}

function headline({ shown, more, drafts }: Listed): string {
  const begun = drafts === 0 ? '' : `${count(drafts, 'draft')} to go on with`
  if (shown === 0) return begun || 'Reports'
  const saved = more ? `the newest ${shown} reports` : count(shown, 'report')
  return begun === '' ? `${capital(saved)} of your organisation` : `${begun}, ${saved} of your organisation`
}

function ReportTable({ reports }: { readonly reports: readonly Report[] }) {
  const body = useRef<HTMLTableElement>(null)
  useRowKeys(body)
  const rows = () => [
    ['reference', 'marking', 'status', 'saved', 'by', 'names', 'requests', 'joining'],
    ...reports.map((it) => [
      ...[it.ref, it.tlp, it.status, it.createdAt, it.authorName, tokenWords(it)],
      ...[it.requests.map(({ ref, status }) => `${ref} ${status}`).join('; '), joinWords(it)],
    ]),
  ]
  return (
    <>
      <div className={list.tools}>
        <span className={`quiet small ${styles.keys}`}>
          <kbd>j</kbd> <kbd>k</kbd> next, previous; <kbd>Enter</kbd> open
        </span>
        <span className={list.count}>{count(reports.length, 'report')}</span>
        <ExportButton name="reports" rows={rows} />
      </div>
      <table ref={body} className={list.table}>
        <caption className="unseen">Reports of my organisation</caption>
        <thead>
          <tr>
            <th scope="col">Report</th>
            <th scope="col">Saved in the hour of</th>
            <th scope="col">By</th>
            <th scope="col">Matchable facts in it</th>
            <th scope="col">Requests</th>
            <th scope="col">Joining</th>
            <th scope="col">Marking</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <ReportRow key={report.id} report={report} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function ReportRow({ report }: { readonly report: Report }) {
  const joining = joinWords(report)
  return (
    <tr data-row tabIndex={-1}>
      <td>
        <Link to="/reports/$id" params={{ id: report.id }} className="mono">
          {report.ref}
        </Link>
        {report.status === 'closed' && <span className="quiet"> closed</span>}
      </td>
      <td data-name="Saved in the hour of">
        <LocalTime at={report.createdAt} />
      </td>
      <td data-name="By">{report.mine ? 'you' : report.authorName}</td>
      <td data-name="Matchable facts">{tokenWords(report)}</td>
      <td data-name="Requests">{requestWords(report)}</td>
      <td {...(joining ? { 'data-name': 'Joining' } : {})}>{joining}</td>
      <td>
        <TlpLabel tlp={report.tlp} />
      </td>
    </tr>
  )
}
