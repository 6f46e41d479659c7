import { NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { newId } from '../core/ids.ts'
import styles from '../members/members.module.css'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useProviderAct } from './use-provider-act.ts'
import { redirectUri } from './words.ts'

interface Props {
  readonly org: { readonly id: string; readonly name: string }
  readonly own: boolean
  readonly onEnd: () => void
}

interface Draft {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly method: 'secret' | 'key'
  readonly secret: string
  readonly domains: string
  readonly claimName: string
  readonly claimValue: string
  readonly acr: string
  readonly amr: string
  readonly maxAge: number | null
}

const EMPTY: Draft = {
  ...{ name: '', issuer: '', clientId: '', method: 'secret', secret: '', domains: '', claimName: '' },
  ...{ claimValue: '', acr: '', amr: '', maxAge: null },
}

/** What is typed, as it is sent; `id` stands before, because the provider is told it first. */
function asked(draft: Draft, id: string, orgId: string) {
  const { name, issuer, clientId, method } = draft
  const orNone = (text: string) => (text.trim() === '' ? null : text.trim())
  const [claimName, claimValue] = [orNone(draft.claimName), orNone(draft.claimValue)]
  return {
    ...{ id, orgId, name, issuer, clientId, method, acr: orNone(draft.acr), amr: orNone(draft.amr) },
    secret: method === 'secret' ? draft.secret : null,
    emailDomains: draft.domains
      .split(/[\s,]+/)
      .map((domain) => domain.replace(/^@/, ''))
      .filter((domain) => domain !== ''),
    claim: claimName !== null && claimValue !== null ? { name: claimName, value: claimValue } : null,
    maxAgeMinutes: draft.maxAge,
  }
}

/** Asks for an organisation's own sign-in; the second person confirms it. */
export function ProviderForm({ org, own, onEnd }: Props) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState(EMPTY)
  const change = (it: Partial<Draft>) => setDraft((before) => ({ ...before, ...it }))
  const ask = useProviderAct((it: ReturnType<typeof asked>, key) => api.providerNew(it, key), onEnd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask.run(asked(draft, id, org.id))
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Register a sign-in">
      <h3>At the provider first</h3>
      <p className="small">
        Register Firebreak there as a web application with this address to send people back to, exactly as it
        stands:
      </p>
      <p className="mono">{redirectUri(globalThis.location.origin, id)}</p>
      <Registration draft={draft} change={change} />
      <Whom draft={draft} change={change} />
      <p className="small">
        {own ? 'A steward of the network' : `Somebody of ${org.name}`} confirms it; before that it lets nobody
        in. Afterwards each person connects their own account, while signed in with their passkey.
      </p>
      {ask.error && <ErrorNote error={ask.error} what="Nothing was registered" />}
      <ActButtons label="Ask for it" busy={ask.busy} onEnd={onEnd} />
    </form>
  )
}

interface FieldsProps {
  readonly draft: Draft
  readonly change: (it: Partial<Draft>) => void
}

function Registration({ draft, change }: FieldsProps) {
  return (
    <>
      <TextInput
        label="What your people call it"
        placeholder="Harbour sign-in"
        required
        withAsterisk={false}
        maxLength={60}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Issuer"
        description="The address below which the provider describes itself, with https and without what begins at /.well-known"
        type="url"
        required
        withAsterisk={false}
        value={draft.issuer}
        onChange={(event) => change({ issuer: event.currentTarget.value })}
      />
      <TextInput
        label="Client ID"
        description="What the provider calls Firebreak."
        required
        withAsterisk={false}
        value={draft.clientId}
        onChange={(event) => change({ clientId: event.currentTarget.value })}
      />
      <NativeSelect
        label="How Firebreak shows the provider who it is"
        value={draft.method}
        onChange={(event) => change({ method: event.currentTarget.value === 'key' ? 'key' : 'secret' })}
        data={[
          { value: 'secret', label: 'a client secret that the provider made' },
          { value: 'key', label: 'a key that Firebreak makes (private_key_jwt)' },
        ]}
      />
      {draft.method === 'secret' ? (
        <PasswordInput
          label="Client secret"
          description="Sealed here under the deployment’s key; never shown again."
          autoComplete="off"
          required
          withAsterisk={false}
          value={draft.secret}
          onChange={(event) => change({ secret: event.currentTarget.value })}
        />
      ) : (
        <p className="small">The public half is shown afterwards; give it to the provider.</p>
      )}
    </>
  )
}

function Whom({ draft, change }: FieldsProps) {
  return (
    <fieldset className={styles.fields}>
      <legend>Who of the provider’s people are of the organisation; one of the two is needed</legend>
      <TextInput
        label="Domains of their addresses"
        description="With commas between. The address is a fence: nobody is found by it."
        value={draft.domains}
        onChange={(event) => change({ domains: event.currentTarget.value })}
      />
      <div className={styles.grid}>
        <TextInput
          label="A claim"
          description="tid at Entra ID, hd at Google, or a group"
          value={draft.claimName}
          onChange={(event) => change({ claimName: event.currentTarget.value })}
        />
        <TextInput
          label="What it says"
          description="Exactly"
          value={draft.claimValue}
          onChange={(event) => change({ claimValue: event.currentTarget.value })}
        />
      </div>
      <details>
        <summary>How they must have signed in there</summary>
        <div className={styles.grid}>
          <TextInput
            label="Context (acr)"
            value={draft.acr}
            onChange={(event) => change({ acr: event.currentTarget.value })}
          />
          <TextInput
            label="Method (amr)"
            description="e.g. mfa"
            value={draft.amr}
            onChange={(event) => change({ amr: event.currentTarget.value })}
          />
          <NumberInput
            label="At most so many minutes ago"
            min={1}
            max={720}
            allowDecimal={false}
            value={draft.maxAge ?? ''}
            onChange={(value) => change({ maxAge: typeof value === 'number' ? value : null })}
          />
        </div>
      </details>
    </fieldset>
  )
}
