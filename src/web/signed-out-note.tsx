export function SignedOutNote() {
  return <p>You are signed out.</p>
}
