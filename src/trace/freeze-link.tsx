import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { mayReport } from '../reports/report-words.ts'
import { handOver } from '../web/hand-over.ts'
import { useMe } from '../web/session.ts'
import { freezeStart } from './freeze-start.ts'
import { requestText } from './request-text.ts'
import { money } from './trace.ts'

type Found = Parameters<typeof requestText>[0]

/**
 * One click begins a report with the account confirmed and a request about it filled in; who can act stands beneath. For those who
 * write no reports: the words, to be taken to whoever does.
 */
export function FreezeLink({ found }: { readonly found: Found }) {
  const { member } = useMe()
  const navigate = useNavigate()
  const what = `${money(found.held.minor, found.held.currency)} on ${found.held.account}`
  if (!mayReport(member.role)) return <CopyWords found={found} what={what} />
  return (
    <Link
      to="/reports/new"
      search={{}}
      aria-label={`Ask to freeze ${what}`}
      onClick={(event) => {
        event.preventDefault()
        handOver(requestText(found), 'report', freezeStart(found))
        void navigate({ to: '/reports/new', search: {} })
      }}
    >
      Ask to freeze
    </Link>
  )
}

function CopyWords({ found, what }: { readonly found: Found; readonly what: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(requestText(found)).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Copy the words of a request to freeze ${what}`}
      title="Officers, caseworkers and analysts send requests; these words begin one"
      onClick={() => void copy()}
    >
      {copied === null ? 'Copy the words' : copied ? 'Copied' : 'This browser did not let it be copied'}
    </Button>
  )
}
