import { useMe } from './session.ts'

export function TopBar() {
  const { org } = useMe()
  return <header>{org.name}</header>
}
