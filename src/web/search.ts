/** One thing the search can lead to. */
export interface Target {
  readonly id: string
  readonly title: string
  /** What it is, and what else is known of it. */
  readonly about: string
  readonly to: string
}

/**
 * Targets that fit what was typed: every word must begin a word of the target; a title that begins with it comes first.
 * Pure; looks only at what this browser already has.
 */
export function find(targets: readonly Target[], typed: string, most = 8): Target[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return targets
    .map((target) => ({ target, rank: rankOf(target, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, most)
    .map(({ target }) => target)
}

function rankOf({ title, about }: Target, words: readonly string[]): number | null {
  const inTitle = fold(title).split(/[^\p{L}\p{N}]+/u)
  const everywhere = [...inTitle, ...fold(about).split(/[^\p{L}\p{N}]+/u)]
  const pieces = words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter(Boolean)
  if (pieces.length === 0 || !pieces.every((piece) => everywhere.some((word) => word.startsWith(piece))))
    return null
  if (fold(title).startsWith(words.join(' '))) return 0
  return pieces.every((piece) => inTitle.some((word) => word.startsWith(piece))) ? 1 : 2
}

/** Without case and accents, so that `cau` finds `Cầu`. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()
}
