/**
 * What takes longest begins first, so that no core is idle at the end while one long file still runs. Everything that
 * is not named here takes a few seconds at most, and comes after it by name.
 */
const LONGEST = [
  'test/journeys/members.test.ts',
  'test/journeys/night.test.ts',
  'test/journeys/rough.test.ts',
  'test/journeys/pages.test.ts',
  'test/journeys/sharing.test.ts',
  'test/journeys/sign-in.test.ts',
  'test/journeys/screen.test.ts',
  'test/journeys/trace.test.ts',
  'test/matrix.test.ts',
  'test/journeys/desk.test.ts',
  'test/journeys/log.test.ts',
  'src/cli/cli.test.ts',
  'test/durability.test.ts',
  'src/ledger/rules.test.ts',
  'src/ledger/parity.test.ts',
  'src/ledger/incremental.test.ts',
  'src/store/cluster.test.ts',
  'src/extract/linear.test.ts',
  'src/cli/screen.test.ts',
  'src/cli/trace.test.ts',
]

/** @param files  paths from the root, with slashes of this computer */
export function inOrder(files: readonly string[]): string[] {
  const place = new Map(LONGEST.map((file, at) => [file, at]))
  const at = (file: string) => place.get(file.replaceAll('\\', '/')) ?? LONGEST.length
  return [...new Set(files)].sort((a, b) => at(a) - at(b) || (a < b ? -1 : 1))
}
