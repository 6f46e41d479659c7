import { TextInput } from '@mantine/core'
import styles from './sign-in.module.css'

interface Props {
  readonly code: string
  readonly onChange: (code: string) => void
  /** What to set up first; null when the person has a code app already. */
  readonly app?: { readonly secret: string; readonly uri: string } | null
}

/** The code of a code app, and before the first one what to type into the app. */
export function CodeField({ code, onChange, app = null }: Props) {
  return (
    <>
      {app && (
        <section className={styles.way} aria-label="Set up your code app">
          <p>
            Your organisation wants a code beside the password. Add this secret to a code app, best on another
            device; it is shown until the first code came, and never again.
          </p>
          <p className="mono">{app.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
          <p className="small">
            <a href={app.uri}>Open it in a code app on this device</a>
          </p>
        </section>
      )}
      <TextInput
        label="Code of your code app"
        description="Six digits; each serves once"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        maxLength={7}
        value={code}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  )
}
