import { givenScripts } from './given-words.ts'

// Everything that is made of word lists, in one file of the build that nothing else stands in: it is opened anew when
// words of another script are there (see room.ts).
export { readChat } from '../extract/chat.ts'
export { joined, read, readInChunks } from '../extract/read.ts'

/** The scripts whose words this room reads with, beside Latin ones. */
export const scripts = givenScripts()

/** Where this file is. */
export const here = import.meta.url
