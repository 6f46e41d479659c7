import { PasswordInput, Radio, TextInput } from '@mantine/core'
import type { Me } from '../access/shapes.ts'
import type { Given } from './new-key.ts'

export interface ProveFieldsProps {
  readonly me: Me
  readonly given: Given
  readonly onGiven: (given: Given) => void
  /** A recovery code is no way in for a new key: that gets a code of its own. */
  readonly withCode?: boolean
}

const WORDS = { password: 'my password', passkey: 'my passkey', recovery: 'my recovery code' } as const

/** The ways that open this member's key, the surest first. */
export function waysOf(me: Me, withCode: boolean): Given['kind'][] {
  return (['passkey', 'password', 'recovery'] as const)
    .filter((kind) => me.wraps.some((wrap) => wrap.kind === kind))
    .filter((kind) => withCode || kind !== 'recovery')
}

export function emptyGiven(kind: Given['kind'] = 'password'): Given {
  return kind === 'passkey' ? { kind } : { kind, text: '' }
}

/** With what a person opens their key once more: their word goes to a worker of this page and nowhere else. */
export function ProveFields({ me, given, onGiven, withCode = false }: ProveFieldsProps) {
  const ways = waysOf(me, withCode)
  return (
    <>
      {ways.length > 1 && (
        <Radio.Group
          label="With"
          value={given.kind}
          onChange={(kind) => onGiven(emptyGiven(kind as Given['kind']))}
        >
          {ways.map((kind) => (
            <Radio key={kind} mt="xs" value={kind} label={WORDS[kind]} />
          ))}
        </Radio.Group>
      )}
      {given.kind === 'passkey' && <p className="small">Your device asks you for the passkey.</p>}
      {given.kind === 'password' && (
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          value={given.text}
          onChange={(event) => onGiven({ kind: 'password', text: event.currentTarget.value })}
        />
      )}
      {given.kind === 'recovery' && (
        <TextInput
          label="Your recovery code"
          autoComplete="off"
          inputMode="numeric"
          classNames={{ input: 'mono' }}
          value={given.text}
          onChange={(event) => onGiven({ kind: 'recovery', text: event.currentTarget.value })}
        />
      )}
    </>
  )
}
