import { COINED_BACK, COINED_FRONT } from './organisation-words.ts'

/** Made of a beginning or an ending as made-up names have, or both, and two letters more: Tradevanta, Coinharbor. */
export function coinedEnds(word: string): number {
  if (word.length < 6) return 0
  const front = COINED_FRONT.longest(word, 0, (_, end) => end >= 3 && word.length - end >= 2) !== null
  const back = COINED_BACK.longest(word, word.length, (_, from) => from >= 3) !== null
  return Number(front) + Number(back)
}
