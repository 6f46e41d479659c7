/** The value below which `share` (0..1) of the samples lie; nearest rank. NaN for none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export interface Summary {
  readonly n: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Milliseconds, one decimal. */
export function summary(samples: readonly number[]): Summary {
  const at = (share: number) => Math.round(percentile(samples, share) * 10) / 10
  return { n: samples.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export const ratio = (ours: number, floor: number) => Math.round((ours / floor) * 100) / 100
