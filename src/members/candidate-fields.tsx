import { Button, NativeSelect, TextInput } from '@mantine/core'
import { ORG_KINDS, POWER_KINDS, type PowerKind } from '../core/power.ts'
import { ROLE_NAMES, ROLES } from '../core/role.ts'
import { CountrySelect } from '../web/parts/country-select.tsx'
import { capital, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import { CardFields } from './card-fields.tsx'
import styles from './members.module.css'
import type { PowerDraft, ProposalDraft } from './proposal-draft.ts'
import type { OrgCard } from './shapes.ts'

export interface CandidateFieldsProps {
  readonly draft: ProposalDraft
  readonly onDraft: (draft: ProposalDraft) => void
  readonly orgs: readonly OrgCard[]
}

/** Who is proposed: an organisation with what it says of itself, a person, or a membership that goes on. */
export function CandidateFields({ draft, onDraft, orgs }: CandidateFieldsProps) {
  const set = (more: Partial<ProposalDraft>) => onDraft({ ...draft, ...more })
  const which = (
    <NativeSelect
      label="Organisation"
      value={draft.orgId}
      onChange={(event) => set({ orgId: event.currentTarget.value })}
      data={orgs.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
  if (draft.kind === 'renewal') return which
  if (draft.kind === 'member')
    return (
      <div className={styles.grid}>
        <NameAndEmail draft={draft} set={set} name="Their name" />
        {which}
        <NativeSelect
          label="Work there"
          value={draft.role}
          onChange={(event) => set({ role: event.currentTarget.value as ProposalDraft['role'] })}
          data={ROLES.filter((role) => role !== 'steward').map((value) => ({
            value,
            label: ROLE_NAMES[value],
          }))}
        />
      </div>
    )
  return (
    <>
      <div className={styles.grid}>
        <NameAndEmail draft={draft} set={set} name="Name of the organisation" />
        <NativeSelect
          label="Kind"
          value={draft.orgKind}
          onChange={(event) => set({ orgKind: event.currentTarget.value as ProposalDraft['orgKind'] })}
          data={ORG_KINDS.filter((kind) => kind !== 'network').map((value) => ({
            value,
            label: capital(ORG_KIND_WORDS[value]),
          }))}
        />
        <CountrySelect label="Country" value={draft.country} onValue={(country) => set({ country })} />
      </div>
      <CardFields draft={draft} onDraft={(card) => set(card)} />
      <Powers draft={draft} set={set} />
    </>
  )
}

interface PartProps {
  readonly draft: ProposalDraft
  readonly set: (more: Partial<ProposalDraft>) => void
}

function NameAndEmail({ draft, set, name }: PartProps & { readonly name: string }) {
  return (
    <>
      <TextInput
        label={name}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={200}
        required
        withAsterisk={false}
      />
      <TextInput
        type="email"
        label={draft.kind === 'org' ? 'E-mail of its first person' : 'Their e-mail'}
        value={draft.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        maxLength={200}
        required
        withAsterisk={false}
      />
    </>
  )
}

function Powers({ draft, set }: PartProps) {
  const put = (i: number, power: PowerDraft) =>
    set({ powers: draft.powers.map((it, at) => (at === i ? power : it)) })
  const add = () =>
    set({ powers: [...draft.powers, { kind: 'take_referral', country: draft.country, legalBasis: '' }] })
  return (
    <fieldset className={styles.fields}>
      <legend>What it may lawfully do</legend>
      <p className="quiet small">
        Requests are sent by these powers. Each names the law or the register it rests on, so that the steward
        can check it. An organisation without any is welcome too.
      </p>
      {draft.powers.map((power, i) => (
        <PowerFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a power that is being written has no name of its own
          key={i}
          power={power}
          onPower={(next) => put(i, next)}
          onRemove={() => set({ powers: draft.powers.filter((_, at) => at !== i) })}
        />
      ))}
      <div>
        <Button size="compact-sm" variant="default" onClick={add} disabled={draft.powers.length >= 30}>
          Add a power
        </Button>
      </div>
    </fieldset>
  )
}

export interface PowerFieldsProps {
  readonly power: PowerDraft
  readonly onPower: (power: PowerDraft) => void
  readonly onRemove?: () => void
}

export function PowerFields({ power, onPower, onRemove }: PowerFieldsProps) {
  return (
    <div className={styles.grid}>
      <NativeSelect
        label="It can"
        value={power.kind}
        onChange={(event) => onPower({ ...power, kind: event.currentTarget.value as PowerKind })}
        data={POWER_KINDS.map((value) => ({ value, label: POWER_WORDS[value] }))}
      />
      <CountrySelect label="In" value={power.country} onValue={(country) => onPower({ ...power, country })} />
      <TextInput
        label="By which law or register"
        value={power.legalBasis}
        onChange={(event) => onPower({ ...power, legalBasis: event.currentTarget.value })}
        maxLength={400}
        required
        withAsterisk={false}
      />
      {onRemove && (
        <Button mt={26} size="compact-sm" variant="subtle" onClick={onRemove}>
          Remove this power
        </Button>
      )}
    </div>
  )
}
