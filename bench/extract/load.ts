import { type Case, loadCases } from './cases.ts'

/** Case texts over and over, in an order that mixes languages and is the same each time, up to this many bytes. */
export function mixedDocuments(bytes: number): string[] {
  const texts = mixed(loadCases()).map((one) => one.text)
  const chosen: string[] = []
  for (let i = 0, sum = 0; sum < bytes; i += 1) {
    const text = `${texts[i % texts.length]}\n(${i})`
    chosen.push(text)
    sum += Buffer.byteLength(text)
  }
  return chosen
}

/** Chats as WhatsApp exports them, 10 KB each, made of lines of the documents; each chat in one language. */
export function tenKilobyteChats(count: number): string[] {
  const byLanguage = [...Map.groupBy(loadCases(), (one) => one.language).values()]
  return Array.from({ length: count }, (_, i) => chat(byLanguage[i % byLanguage.length] ?? [], i))
}

function chat(cases: readonly Case[], seed: number): string {
  const lines = cases.flatMap((one) => one.text.split('\n')).filter((line) => line.length > 5)
  let text = ''
  for (let i = 0; Buffer.byteLength(text) < 10_000; i += 1) {
    const minute = String(i % 60).padStart(2, '0')
    const speaker = i % 2 === 0 ? 'Agent Ken' : 'Mei'
    text += `12/03/2024, 09:${minute} - ${speaker}: ${lines[(i * 7 + seed) % lines.length]}\n`
  }
  return text
}

/** A fixed shuffle: steps through the list by a number that shares no factor with its length. */
function mixed<T>(list: readonly T[]): T[] {
  const factor = (a: number, b: number): number => (b === 0 ? a : factor(b, a % b))
  let step = Math.floor(list.length * 0.382)
  while (factor(step, list.length) !== 1) step += 1
  return list.map((_, i) => list[(i * step) % list.length] as T)
}
