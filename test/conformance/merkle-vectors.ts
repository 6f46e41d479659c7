import { base64 } from '@scure/base'
import { isConsistent, isIncluded } from '../../src/access/merkle.ts'

interface Consistency {
  readonly size1: number
  readonly size2: number
  readonly root1: string | null
  readonly root2: string | null
}
interface Inclusion {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string | null
  readonly leafHash: string | null
}
type Case = Consistency & Inclusion & { readonly proof: readonly string[] | null; readonly wantErr: boolean }

const bytes = (text: string | null) => base64.decode(text ?? '')

/** What went otherwise than the vectors say; [] when nothing did. Pure: the same in Node and a browser. */
export function runMerkleVectors(lines: string): { ran: number; problems: string[] } {
  const cases = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; kind: string; case: Case })
  const problems = cases
    .filter(({ kind, case: it }) => answer(kind, it) === it.wantErr)
    .map(({ file, case: it }) => `${file}: should ${it.wantErr ? 'not ' : ''}verify`)
  return { ran: cases.length, problems }
}

function answer(kind: string, it: Case): boolean {
  const proof = (it.proof ?? []).map(bytes)
  if (kind === 'inclusion') {
    const [leaf, root] = [bytes(it.leafHash), bytes(it.root)]
    return isIncluded({ leaf, index: it.leafIdx, size: it.treeSize, proof, root })
  }
  const [fromRoot, toRoot] = [bytes(it.root1), bytes(it.root2)]
  return isConsistent({ from: it.size1, to: it.size2, fromRoot, toRoot, proof })
}
