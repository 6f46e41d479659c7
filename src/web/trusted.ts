/**
 * Trusted Types (T18): no string of this program becomes markup, script or a script's address.
 * The two things that pass: Mantine's own CSS text, which holds no `<`, and our own workers by their built names.
 */
interface PolicyRules {
  readonly createHTML: (text: string) => string
  readonly createScriptURL: (url: string) => string
}
interface Factory {
  createPolicy(name: string, rules: PolicyRules): unknown
}

const WORKER = /^\/assets\/[a-z]+\.worker-[\w-]+\.js$/

export function cssOnly(text: string): string {
  if (text.includes('<')) throw new TypeError('markup from a string is refused')
  return text
}

export function ownWorkerOnly(url: string, here: string): string {
  const { origin, pathname } = new URL(url, here)
  if (origin !== new URL(here).origin || !WORKER.test(pathname))
    throw new TypeError(`not a worker of this program: ${pathname}`)
  return url
}

// zod would try whether it may compile code, and the policy would report it; zod reads this when it loads.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

const { trustedTypes } = globalThis as { trustedTypes?: Factory }
trustedTypes?.createPolicy('default', {
  createHTML: cssOnly,
  createScriptURL: (url) => ownWorkerOnly(url, location.href),
})
