import type { RequestWhole } from '../freeze/shapes.ts'
import { amountsIn, outcomeWords, savedWords } from './headline.ts'

/** An act of words: what is asked, and what will happen to whom before anybody presses. */
export interface WordsAct {
  readonly kind: 'thank' | 'close' | 'refuse' | 'recall'
  readonly path: 'thanks' | 'closing' | 'refusal' | 'recall'
  readonly title: string
  readonly label: string
  readonly button: string
  /** The words to begin with. */
  readonly begin: string
  /** What should be looked at first. */
  readonly warnings: readonly string[]
  readonly happens: string
  /** Said when it did not happen. */
  readonly notDone: string
}

/** The act as it stands for this request now. */
export function wordsAct(kind: WordsAct['kind'], request: RequestWhole): WordsAct {
  switch (kind) {
    case 'thank':
      return thank(request)
    case 'close':
      return close(request)
    case 'refuse':
      return refuse(request)
    case 'recall':
      return recall(request)
  }
}

function thank(request: RequestWhole): WordsAct {
  const saved = savedWords(request.lines)
  const [title, reader] =
    request.as === 'sender'
      ? [`Thank ${request.toName}`, request.toName]
      : [`Thank ${request.fromName}`, request.fromName]
  return {
    kind: 'thank',
    path: 'thanks',
    title,
    label: 'What you want to say',
    button: 'Say thank you',
    begin: saved === null ? 'Thank you.' : `${saved}. Thank you.`,
    warnings: [],
    happens: `${reader} reads it at once; it stays in the history for everybody on this request.`,
    notDone: 'Your thanks were not sent',
  }
}

function close(request: RequestWhole): WordsAct {
  const risk = amountsIn('at_risk', request.lines)
  const held = amountsIn('held', request.lines)
  const open = request.orders.filter(({ answeredAt }) => answeredAt === null)
  return {
    kind: 'close',
    path: 'closing',
    title: 'Close with the outcome',
    label: 'The outcome, for the finder',
    button: 'Close the request',
    begin: `${outcomeWords(request.lines)}.`,
    warnings: [
      ...open.map(({ bankName, reference }) => `${bankName} has not answered order ${reference} yet.`),
      ...(risk === null ? [] : [`${risk} still stands at risk: record first what became of it.`]),
      ...(held === null
        ? []
        : [
            `${held} stands as held: leave it open if it may still go back to the person, and record it then.`,
          ]),
    ],
    happens: `${request.fromName} hears the outcome. Afterwards nothing more can be ordered or recorded, and a closed request cannot be opened again.`,
    notDone: 'The request was not closed',
  }
}

function refuse(request: RequestWhole): WordsAct {
  return {
    kind: 'refuse',
    path: 'refusal',
    title: 'Decline',
    label: 'Why, and who could act instead',
    button: 'Decline the request',
    begin: '',
    warnings: [],
    happens: `${request.fromName} hears at once that you will not act, and why, so that it can ask somebody else. You cannot take it on afterwards.`,
    notDone: 'The request was not declined',
  }
}

function recall(request: RequestWhole): WordsAct {
  return {
    kind: 'recall',
    path: 'recall',
    title: 'Take the request back',
    label: 'Why',
    button: 'Take it back',
    begin: '',
    warnings: [],
    happens: `${request.toName} hears at once that it should not act. It keeps what it has already seen. A request that was taken back cannot be sent again; a new one can be sent from the report.`,
    notDone: 'The request was not taken back',
  }
}
