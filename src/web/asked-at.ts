/** When what was answered had been asked for, by the clock of this page. Forgotten with the answer. */
const moments = new WeakMap<object, number>()

export function noteAsked<T>(answer: T, ms: number): T {
  if (typeof answer === 'object' && answer !== null) moments.set(answer, ms)
  return answer
}

/** Milliseconds since 1970; for ever from now for what was not asked for. */
export function askedAt(answer: unknown): number {
  return (typeof answer === 'object' && answer !== null && moments.get(answer)) || Number.POSITIVE_INFINITY
}
