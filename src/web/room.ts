import { HouseError } from '../core/errors.ts'
import type { WordScript } from '../extract/lexicon/by-script.ts'
import { type GivenForms, give, givenScripts } from './given-words.ts'

export type Room = typeof import('./reading-room.ts')

const FORMS: Readonly<Record<WordScript, () => Promise<{ default: GivenForms }>>> = {
  Thai: () => import('words:Thai'),
  Lao: () => import('words:Lao'),
  Khmer: () => import('words:Khmer'),
  Myanmar: () => import('words:Myanmar'),
  Han: () => import('words:Han'),
  Devanagari: () => import('words:Devanagari'),
  Bengali: () => import('words:Bengali'),
}

/** The room opened last; questions wait for one another, so that no two open the same one. */
let last: Promise<Room | null> = Promise.resolve(null)

/**
 * What texts in these scripts are read with. Words in Latin letters are always there; those of another script are
 * fetched when a text first has a letter of it, and the tables of all lists are then made anew.
 * Keeps    a text is read as if all words had been there from the start: a form in another script stands in no text without
 *          a letter of that script.
 * Throws   `unavailable` when words could not be fetched, e.g. offline; they are asked for again next time.
 */
export function roomFor(scripts: readonly WordScript[]): Promise<Room> {
  const before = last
  const room = before.then((it) =>
    it !== null && scripts.every((script) => it.scripts.includes(script)) ? it : opened(scripts),
  )
  last = room.catch(() => before)
  return room
}

async function opened(scripts: readonly WordScript[]): Promise<Room> {
  try {
    const fetched = scripts.map(async (script) => give(script, (await FORMS[script]()).default))
    await Promise.all(fetched)
    return await roomWithAll()
  } catch (error) {
    const message = 'the words of this language could not be fetched; the text is still here, untouched'
    throw new HouseError('unavailable', message, { cause: error })
  }
}

/**
 * A room with all that was given. The same file is imported under a name of its own, as a module is run once for each
 * name: behind "#" the browser has the file already, and behind "?" every engine tells two names apart.
 */
async function roomWithAll(): Promise<Room> {
  const wanted = givenScripts().join()
  const first: Room = await import('./reading-room.ts')
  if (first.scripts.join() === wanted) return first
  for (const mark of ['#', '?']) {
    const room: Room = await import(/* @vite-ignore */ `${first.here}${mark}${wanted}`)
    if (room.scripts.join() === wanted) return room
  }
  throw new Error(`no room with the words of ${wanted}`)
}
