import type { Me } from './shapes.ts'

export function UnlockCard({ me }: { readonly me: Me }) {
  return <p>{me.member.name}</p>
}
