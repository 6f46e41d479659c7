import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { record } from '../access/audit.ts'
import { invite } from '../access/invites.ts'
import { Email } from '../access/shapes.ts'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { TimeZone } from '../core/hours.ts'
import { ORG_KINDS } from '../core/power.ts'
import { ROLES } from '../core/role.ts'
import { Country, RoleShape } from '../core/shapes.ts'
import { insertOrg } from '../members/store.ts'
import { type Db, openStore } from '../store/open.ts'
import { findRunning } from './run-file.ts'

interface InviteOptions {
  readonly email: string
  readonly org: string
  readonly role: string
  readonly data: string
  readonly kind?: string
  readonly country?: string
  readonly zone?: string
  readonly json?: boolean
}

const Wanted = z.object({ email: Email, role: RoleShape })
/** A founding organisation. Later ones come in by proposal, in the pages. */
const Founding = z.object({
  org: z.string().trim().min(1).max(200),
  kind: z.enum(ORG_KINDS),
  country: Country,
  zone: TimeZone,
})

export function inviteCommand(program: Command): void {
  program
    .command('invite')
    .description('invite a person into an organisation of the network; prints the link to give them')
    .requiredOption('--email <address>', 'their e-mail address, which becomes their sign-in name')
    .requiredOption('--org <name or id>', 'the organisation they work for')
    .requiredOption('--role <role>', `what they do there: ${ROLES.join(', ')}`)
    .option('--kind <kind>', `founds the organisation when it is not there yet: ${ORG_KINDS.join(', ')}`)
    .option('--country <CC>', 'where a founded organisation is, e.g. SG')
    .option('--zone <zone>', 'its time zone, e.g. Asia/Singapore')
    .option('--data <dir>', 'the data folder of the server', 'data')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nThe link works once, for seven days. Send it by a channel you trust: who has it can join.',
    )
    .action(run)
}

async function run(options: InviteOptions): Promise<void> {
  const wanted = check(Wanted, options)
  const dataDir = resolve(options.data)
  const running = findRunning(dataDir)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const store = await openStore({
    dataDir,
    databaseUrl: process.env.DATABASE_URL,
    say,
    poolSize: 2,
    borrowed: running !== null,
  })
  try {
    const made = await store.as({ system: 'setup' }, async (db) => {
      const org = options.kind === undefined ? await findOrg(db, options.org) : await found(db, options)
      return { org: org.name, ...(await invite(db, { orgId: org.id, ...wanted })) }
    })
    const base = process.env.FIREBREAK_ORIGIN ?? running?.address ?? 'http://localhost:8080'
    const link = new URL(`/invite#${made.token}`, base).href
    if (options.json) {
      const { org, expiresAt } = made
      process.stdout.write(
        `${JSON.stringify({ link, ...wanted, org, expiresAt: expiresAt.toISOString() })}\n`,
      )
    } else {
      process.stdout.write(`${link}\n`)
      say(`Give this link to ${wanted.email}. It works once, until ${made.expiresAt.toLocaleString()}.`)
      if (!running) say('The server is not running; start it with: npx firebreak serve')
    }
  } finally {
    await store.close()
  }
}

/** Makes a founding organisation, on duty day and night until it says otherwise; its powers a steward adds once checked. */
async function found(db: Db, options: InviteOptions): Promise<{ id: string; name: string }> {
  const { org: name, kind, country, zone: timeZone } = check(Founding, options)
  const there = await db.selectFrom('org').select('id').where('name', '=', name).executeTakeFirst()
  if (there) throw new HouseError('conflict', `--kind: ${name} is there already; leave --kind out`)
  const it = { name, kind, country, timeZone, hours: 'always', languages: [], channel: null } as const
  const id = await insertOrg(db, it)
  await record(db, null, { act: 'org.founded', objectKind: 'org', objectId: id, detail: { kind, country } })
  return { id, name }
}

/** By id or by exact name. Throws `not_found` listing the names there are. */
async function findOrg(db: Db, wanted: string) {
  const orgs = await db
    .selectFrom('org')
    .select(['id', 'name'])
    .where('left_at', 'is', null)
    .orderBy('name')
    .execute()
  const found = orgs.find((org) => org.id === wanted || org.name === wanted)
  if (found) return found
  const names = orgs.map((org) => `  ${org.name}`).join('\n')
  throw new HouseError(
    'not_found',
    `--org: no organisation “${wanted}”. There are:\n${names || '  (none yet)'}\nTo found it, add --kind, --country and --zone.`,
  )
}
