import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import styles from '../members/members.module.css'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries } from '../web/queries.ts'
import { ProviderForm } from './provider-form.tsx'
import type { Provider } from './shapes.ts'
import { useProviderAct } from './use-provider-act.ts'
import { redirectUri, ruleWords, spelled, stateWords } from './words.ts'

interface Props {
  readonly org: { readonly id: string; readonly name: string }
  readonly own: boolean
}

/** An organisation's own sign-in, for its people and the steward: two of them register it, any of them ends it. */
export function ProviderPart({ org, own }: Props) {
  const found = useQuery(queries.providers())
  const [asking, setAsking] = useState(false)
  const failed = failureOf(found)
  if (failed) return <ErrorNote error={failed} onRetry={() => found.refetch()} />
  if (!found.data) return null
  const all = found.data.providers.filter(({ orgId }) => orgId === org.id)
  const shown = all.filter(({ state }) => state !== 'ended' && state !== 'lapsed')
  return (
    <section className={`${styles.section} ${styles.wide}`} aria-label="Sign-in of the organisation">
      <h2>{headline(shown)}</h2>
      <p className="quiet small">
        Only {own ? 'your' : 'their'} organisation and the stewards see this part.
      </p>
      {shown.length === 0 && !asking && (
        <p className="quiet">
          With an identity provider of {own ? 'your' : 'their'} own (Entra ID, Keycloak, Google and others),
          people sign in where they do every morning, and lose that way in when they leave. It never opens
          what is sealed.
        </p>
      )}
      {shown.map((it) => (
        <OneProvider key={it.id} it={it} own={own} />
      ))}
      {asking ? (
        <ProviderForm org={org} own={own} onEnd={() => setAsking(false)} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setAsking(true)}>
            {own ? 'Register a sign-in of our own' : `Register a sign-in for ${org.name}`}
          </Button>
        </div>
      )}
    </section>
  )
}

function headline(shown: readonly Provider[]): string {
  if (shown.some(({ state }) => state === 'live')) return 'Signs in with its own identity provider, too'
  return shown.length > 0 ? 'A sign-in of its own waits to be confirmed' : 'No sign-in of its own'
}

function OneProvider({ it, own }: { readonly it: Provider; readonly own: boolean }) {
  const [doing, setDoing] = useState<'nothing' | 'ending' | 'secret'>('nothing')
  const confirm = useProviderAct((id: string, key) => api.providerConfirm(id, key))
  return (
    <article className={styles.section} aria-label={it.name}>
      <p>
        <strong>{it.name}</strong>, {stateWords(it)} <br />
        <span className="quiet">{it.issuer}</span>
      </p>
      <p className="small">{ruleWords(it)}</p>
      <Particulars it={it} own={own} />
      {it.mayConfirm && (
        <>
          <p className="small">
            Confirm it only when you have spoken with somebody of {it.orgName} by a way you trust, and the
            address above is theirs: whoever runs it can sign in as anybody who connects an account there.
          </p>
          <div>
            <Button loading={confirm.busy} onClick={() => void confirm.run(it.id)}>
              Confirm {it.name} as the second person
            </Button>
          </div>
        </>
      )}
      {confirm.error && <ErrorNote error={confirm.error} what="It is not confirmed" />}
      {doing === 'nothing' && (
        <div className={styles.buttons}>
          {it.mayReplaceSecret && (
            <Button size="compact-sm" variant="default" onClick={() => setDoing('secret')}>
              Replace its secret
            </Button>
          )}
          {it.mayEnd && (
            <Button size="compact-sm" variant="default" onClick={() => setDoing('ending')}>
              End {it.name}
            </Button>
          )}
        </div>
      )}
      {doing === 'secret' && <Replace it={it} onEnd={() => setDoing('nothing')} />}
      {doing === 'ending' && <End it={it} onEnd={() => setDoing('nothing')} />}
    </article>
  )
}

function Particulars({ it, own }: { readonly it: Provider; readonly own: boolean }) {
  const origin = globalThis.location.origin
  return (
    <dl className={styles.particulars}>
      <dt>Sends people back to</dt>
      <dd className="mono">{redirectUri(origin, it.id)}</dd>
      <dt>Client</dt>
      <dd className="mono">{it.clientId}</dd>
      {it.publicKey && (
        <>
          <dt>Our public key</dt>
          <dd className="mono">{JSON.stringify({ keys: [it.publicKey] })}</dd>
        </>
      )}
      {own && it.state === 'live' && (
        <>
          <dt>Sign-in word</dt>
          <dd className="mono">{spelled(it.word)}</dd>
          <dt>Or this link</dt>
          <dd className="mono">{`${origin}/sign-in#${it.word}`}</dd>
        </>
      )}
    </dl>
  )
}

interface DoingProps {
  readonly it: Provider
  readonly onEnd: () => void
}

function Replace({ it, onEnd }: DoingProps) {
  const [secret, setSecret] = useState('')
  const replace = useProviderAct((typed: string, key) => api.providerSecret(it.id, typed, key), onEnd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void replace.run(secret)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={`Secret of ${it.name}`}>
      <PasswordInput
        label="New client secret"
        description="As the provider shows it, once. It is sealed here and never shown again."
        autoComplete="off"
        required
        withAsterisk={false}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {replace.error && <ErrorNote error={replace.error} what="The old secret stands" />}
      <ActButtons label="Replace the secret" busy={replace.busy} onEnd={onEnd} />
    </form>
  )
}

function End({ it, onEnd }: DoingProps) {
  const end = useProviderAct((id: string, key) => api.providerEnd(id, key), onEnd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void end.run(it.id)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={`End ${it.name}`}>
      <p>
        Everybody of {it.orgName} who signed in there is signed out at once, and nobody signs in there again.
        Passkeys stay. This cannot be undone; it can be registered anew by two people, and everybody connects
        again.
      </p>
      {end.error && <ErrorNote error={end.error} what="It was not ended" />}
      <ActButtons label="End it for good" busy={end.busy} onEnd={onEnd} />
    </form>
  )
}
