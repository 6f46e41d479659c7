import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { useStoredKey } from '../web/keys.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { LocalTime } from '../web/parts/time.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import { queries, queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { useMay, useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { fingerprint, readStatement } from './chain.ts'
import { FirstKeys, HandOn, KeyAsks } from './first-keys.tsx'
import type { KeyState } from './key-shapes.ts'
import styles from './keys.module.css'
import { HelpAsks, OwnKeyPart } from './own-key-part.tsx'
import { ReentryPart } from './reentry-part.tsx'

type Colleague = KeyState['colleagues'][number]

/** Whose keys my organisation has signed, and whose wait: nobody elsewhere can seal to a key that is not signed. */
export function KeysPage() {
  const reenters = useMay('member.reenter')
  const me = useMe()
  const keys = useQuery(queries.keys())
  const own = useStoredKey(me.member.id)
  const failed = failureOf(keys)
  if (failed) return <ErrorNote error={failed} onRetry={() => keys.refetch()} />
  if (!keys.data) return null
  const { root, org, secrets, colleagues } = keys.data
  const orgKey = org && readStatement(org).key
  const secret = secrets.find(({ of, key }) => of === me.org.id && key === orgKey)
  const rootSecret = secrets.find(({ of }) => of === 'root')
  const waiting = colleagues.filter(({ signed }) => !signed)
  return (
    <>
      <Headline below="Before anything is sealed to somebody, the browser checks that their organisation signed their key, that the network signed the organisation’s, and that both stand in the audit log.">
        {waiting.length === 0
          ? `Every key of ${me.org.name} is signed`
          : capital(
              `${countWords(waiting.length, 'key')} of ${me.org.name} wait${waiting.length === 1 ? 's' : ''} for a signature`,
            )}
      </Headline>
      <p className={`small ${styles.under}`}>
        Network{' '}
        <span className="mono">{root ? fingerprint(readStatement(root).key) : 'no root key yet'}</span>
        {' · '}
        {me.org.name} <span className="mono">{orgKey ? fingerprint(orgKey) : 'no signing key yet'}</span>.
        Compare these with a colleague of another organisation, by telephone.
      </p>
      <FirstKeys keys={keys.data} />
      {rootSecret && own && <KeyAsks asks={keys.data.asks} root={rootSecret.wrapped} own={own} />}
      <table className={list.table}>
        <caption className="unseen">People of my organisation and their keys</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Key</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {colleagues.map((it) => (
            <tr key={it.id}>
              <td>{it.name}</td>
              <td data-name="Key">
                <span className="mono">{fingerprint(it.recipient)}</span>
              </td>
              <td data-name="State">
                {it.signed ? (
                  <>
                    signed
                    {it.id !== me.member.id && own && secret && <HandOn to={it} secret={secret} own={own} />}
                    {it.id !== me.member.id && own && rootSecret && (
                      <HandOn to={it} secret={rootSecret} own={own} />
                    )}
                  </>
                ) : secret && own ? (
                  <SignButton who={it} secret={secret.wrapped} own={own} />
                ) : (
                  <span className="quiet">
                    waits for {secret ? 'you to unlock your key' : 'a colleague who holds the signing key'}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <HelpAsks />
      <NewsPart news={keys.data.news} />
      <OwnKeyPart />
      {reenters && <ReentryPart />}
    </>
  )
}

const NEWS: Readonly<Record<string, string>> = {
  'passkey.added': 'added a passkey',
  'passkey.removed': 'took a passkey away',
  'code.removed': 'took their code app away',
  'key.rotated': 'has a new key',
  'member.reentered': 'came back by a link, with a new key and new ways in',
}

/** What a stolen account does first: whoever works with its owner sees it, and asks. */
function NewsPart({ news }: { readonly news: KeyState['news'] }) {
  const me = useMe()
  return (
    <section aria-labelledby="key-news" className={styles.part}>
      <h2 id="key-news">New ways in, the last 14 days</h2>
      {news.length === 0 ? (
        <p className="quiet">Nobody has added a passkey or changed a key.</p>
      ) : (
        <>
          <p className="small">
            If somebody knows nothing of what stands here, call a steward: they stop the account at once.
          </p>
          <ul className={styles.rows}>
            {news.map(({ name, orgName, act, at }) => (
              <li key={`${at} ${name} ${act}`}>
                <span className={styles.grow}>
                  <b>{name}</b>{' '}
                  {orgName === me.org.name ? '' : <span className="quiet small">{orgName} </span>}
                  {NEWS[act] ?? act}
                </span>
                <span className="small quiet">
                  <LocalTime at={at} ago />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

interface SignProps {
  readonly who: Colleague
  readonly secret: string
  readonly own: CryptoKey
}

function SignButton({ who, secret, own }: SignProps) {
  const me = useMe()
  const sign = useAct(
    async (it: Colleague, key: string) => {
      const since = new Date().toISOString()
      const statement = {
        v: 1,
        kind: 'member',
        org: me.org.id,
        member: it.id,
        key: it.recipient,
        since,
      } as const
      return api.keyStatement(await seal('state', { wrapped: secret, key: own, statement }), key)
    },
    () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
  )
  return (
    <>
      <span className="small">Ask {who.name} to read their key out; sign only if it is this one. </span>
      <Button size="compact-xs" loading={sign.busy} onClick={() => void sign.run(who)}>
        It is the same: sign
      </Button>
      {sign.error && <ErrorNote error={sign.error} what="Not signed" />}
    </>
  )
}
