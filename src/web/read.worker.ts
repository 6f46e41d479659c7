import { assess } from '../assess/assess.ts'
import { read } from '../extract/read.ts'
import { content } from './read-content.ts'
import type { ReadWork } from './read-words.ts'
import { answerCalls } from './worker-calls.ts'

/** Reads texts on this device and nowhere else, away from the page, so that typing never waits. */
answerCalls<ReadWork>(
  {
    read({ text, language, ...options }) {
      const began = performance.now()
      const reading = read(text, options)
      const messages = reading.messages?.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
      const assessment = assess(text, content, { messages, ...(language ? { language } : {}) })
      return { reading, assessment, took: performance.now() - began }
    },
  },
  'this text could not be read; it is still here, untouched',
)
