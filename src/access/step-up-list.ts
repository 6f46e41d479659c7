/**
 * What a stolen cookie must not be enough for: each of these acts needs a proof of the person that is at most 15 minutes old,
 * in a request signed by the browser that gave it. The one list: the server enforces it, pages sign by it, the tests walk it.
 *
 * Source  security.md 4.2: fresh proof for RED read, export, grant, member change; a password never for RED or administration.
 */
export interface StepUp {
  readonly method: 'GET' | 'POST'
  /** As the API describes it, below `/api`. */
  readonly path: string
  /** Always, or only where something marked TLP:RED is touched: by the id in the path, or by what the body names. */
  readonly when:
    | 'always'
    | 'sealed is RED'
    | 'item is RED'
    | 'share is RED'
    | 'body names RED'
    | 'group is sealed'
  /**
   * `any`: a password with its one-time code will do. `held`: it will where the person holds no key to RED, else a passkey is
   * needed. A demo's password does for everything in the demo.
   */
  readonly by: 'passkey' | 'any' | 'held'
  /** What it is to a person: "… needs a fresh proof". */
  readonly what: string
}

export const PROOF_MINUTES = 15
/** The header of a refusal that says which proof it takes, `passkey` or `any`. */
export const PROOF_BY = 'firebreak-proof-by'

const post = (path: string, it: Omit<StepUp, 'method' | 'path'>): StepUp => ({ method: 'POST', path, ...it })
const READ = { by: 'passkey', what: 'reading TLP:RED' } as const
const GRANT = { by: 'passkey', what: 'passing on TLP:RED' } as const
const MEMBERS = { when: 'always', by: 'passkey', what: 'changing who is in the network' } as const
/** A seat opens what is sealed to its group, and nothing RED is: that is for named people. */
const SEAT = { by: 'any', what: 'giving or taking a seat in a group' } as const
const WAYS = { when: 'always', by: 'any', what: 'changing how you sign in' } as const
const PROVIDER = { ...MEMBERS, what: 'changing how an organisation signs in' } as const
const KEYS = { when: 'always', by: 'passkey', what: 'changing keys' } as const
/** Neither administration nor somebody else's: with password and code one must be able to leave a key that may be known. */
const OWN_KEY = { when: 'always', by: 'held', what: 'changing your own key' } as const

export const STEP_UPS: readonly StepUp[] = [
  { method: 'GET', path: '/audit/export', when: 'always', by: 'passkey', what: 'exporting the audit log' },
  post('/sealed/{id}/openings', { when: 'sealed is RED', ...READ }),
  post('/shares/{id}/glass', { when: 'share is RED', ...READ }),
  { method: 'GET', path: '/keys/wraps', ...OWN_KEY, what: 'taking out all your keys' },
  post('/sealed/{id}/wraps', { when: 'sealed is RED', ...GRANT }),
  post('/shares', { when: 'body names RED', ...GRANT }),
  post('/shares/{id}/correction', { when: 'body names RED', ...GRANT }),
  post('/requests', { when: 'body names RED', ...GRANT }),
  post('/reports/{id}/marking', { when: 'item is RED', ...GRANT, what: 'changing the marking of TLP:RED' }),
  post('/approvals/{id}/decision', { when: 'always', by: 'passkey', what: 'approving as the second person' }),
  post('/suspensions', MEMBERS),
  post('/removals', MEMBERS),
  post('/removals/{id}/confirmation', MEMBERS),
  post('/removals/{id}/withdrawal', MEMBERS),
  post('/proposals/{id}/decision', MEMBERS),
  post('/proposals/{id}/invitations', MEMBERS),
  post('/network-rule', { ...MEMBERS, what: 'changing the network’s rules' }),
  post('/recovery/reentries', MEMBERS),
  post('/person-links', MEMBERS),
  post('/seats', { when: 'always', ...SEAT }),
  post('/groups/{id}/offers', { when: 'group is sealed', ...SEAT }),
  post('/groups/{id}/keys', { when: 'group is sealed', ...SEAT }),
  post('/groups/{id}/seat-keys', { when: 'group is sealed', ...SEAT }),
  post('/keys/root', KEYS),
  post('/keys/asks', KEYS),
  post('/keys/statements', KEYS),
  post('/keys/secrets', KEYS),
  post('/keys/rotation', OWN_KEY),
  post('/recovery/shares', OWN_KEY),
  post('/recovery/asks/{id}/help', KEYS),
  post('/code-app/removal', WAYS),
  post('/orgs/{id}/password-rule', { ...MEMBERS, what: 'changing how an organisation signs in' }),
  post('/identity-providers', PROVIDER),
  post('/identity-providers/{id}/confirmation', PROVIDER),
  post('/identity-providers/{id}/secret', PROVIDER),
  post('/identity-providers/{id}/end', PROVIDER),
  post('/ways-in/begin', WAYS),
  post('/ways-in/return', WAYS),
  post('/ways-in/{id}/removal', WAYS),
  post('/passkeys', WAYS),
  post('/passkeys/{credential}/removal', WAYS),
]

const PATTERNS = STEP_UPS.map((it) => ({
  it,
  pattern: new RegExp(`^/api${it.path.replace(/\{[a-z]+\}/g, '([^/]+)')}$`),
}))

/** The line of the list that a request falls under, and the id in its path. `path` begins with `/api` and has no query. */
export function stepUpFor(method: string, path: string): { it: StepUp; id: string | null } | null {
  // a HEAD runs the route of its GET
  const asked = method === 'HEAD' ? 'GET' : method
  for (const { it, pattern } of PATTERNS) {
    const found = it.method === asked ? pattern.exec(path) : null
    if (found) return { it, id: found[1] === undefined ? null : decoded(found[1]) }
  }
  return null
}

/** The router decodes ids once more: `%61` in a path must not be another id here than it is there. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
