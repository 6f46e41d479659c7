import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { passwordProblem } from '../seal/password.ts'

interface Props {
  readonly email: string
  readonly password: string
  readonly onChange: (password: string) => void
  /** Shown at once: the person has tried to go on. */
  readonly problem: string | null
}

/** A new password, with what honest advice there is; a problem is said when the field is left, not while it is typed. */
export function PasswordChoice({ email, password, onChange, problem }: Props) {
  const [left, setLeft] = useState(false)
  const said = problem ?? (left && password !== '' ? passwordProblem(password) : null)
  return (
    <>
      {/* Password managers file the password under this address. */}
      <input
        className="unseen"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      <PasswordInput
        label="Password"
        description="Best: four or more words that have nothing to do with each other, or what a password manager suggests. Length counts, signs and digits hardly do. Nobody can reset it: it locks your own key, and the server never sees it."
        autoComplete="new-password"
        value={password}
        error={said}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => setLeft(true)}
        onFocus={() => setLeft(false)}
      />
    </>
  )
}
