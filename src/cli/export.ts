import { resolve } from 'node:path'
import type { Command } from 'commander'
import { record } from '../access/audit.ts'
import { exportLines } from '../access/audit-export.ts'
import { AuditKeeper } from '../access/audit-keeper.ts'
import { HouseError } from '../core/errors.ts'
import { openStore } from '../store/open.ts'
import { writeOut } from './out-file.ts'
import { findRunning } from './run-file.ts'

interface ExportOptions {
  readonly audit?: boolean
  readonly reveal?: boolean
  readonly out: string
  readonly data: string
}

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('write out what others may check or carry on with')
    .option('--audit', 'the whole audit log, with what proves it, for `firebreak verify`')
    .option('--reveal', 'with the ids and salts that show whom each entry is about')
    .option('--out <file>', 'where to write; - is standard output', '-')
    .option('--data <dir>', 'the data folder of the server', 'data')
    .addHelpText('after', '\nThat the log was exported is itself an entry of the log.')
    .action(run)
}

async function run(options: ExportOptions): Promise<void> {
  if (!options.audit) throw new HouseError('invalid', 'export: say what, e.g. --audit')
  const dataDir = resolve(options.data)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const borrowed = findRunning(dataDir) !== null
  const store = await openStore({
    dataDir,
    databaseUrl: process.env.DATABASE_URL,
    say,
    poolSize: 2,
    borrowed,
  })
  try {
    const reveal = options.reveal ?? false
    await store.as({ system: 'setup' }, (db) =>
      record(db, null, { act: 'audit.exported', objectKind: 'audit', objectId: 'log', detail: { reveal } }),
    )
    const keeper = new AuditKeeper(store, say)
    const entries = await keeper.turn(true)
    const it = { log: keeper.log, network: 'Firebreak', reveal }
    await writeOut(exportLines(store, { system: 'setup' }, it), options.out)
    say(`${entries.toLocaleString('en')} entries. Prove them with: npx firebreak verify ${options.out}`)
  } finally {
    await store.close()
  }
}
