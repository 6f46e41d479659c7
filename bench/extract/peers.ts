/** Something that reads a text and is thrown away. */
export type Reader = (text: string) => unknown

export interface Peer {
  readonly name: string
  /** Finds several kinds of things, as ours does; else one kind only. */
  readonly full: boolean
  readonly reader: Reader
}

/** The little of each peer's interface that is used here: they are not installed with the program. */
type Lists = Record<string, () => { out(form: string): unknown }>
type Compromise = { default: (text: string) => Lists }
type Wink = (
  model: object,
  parts: string[],
) => {
  readDoc(text: string): { entities(): { out(form: unknown): unknown } }
  its: { detail: unknown }
}

const load = async <T>(name: string) => (await import(name)) as T

/** compromise: the lists it has that answer our kinds, all from one parsed text. */
const LISTS = ['places', 'organizations', 'money', 'phoneNumbers', 'emails', 'urls', 'atMentions']

async function compromise(): Promise<Reader> {
  const { default: nlp } = await load<Compromise>('compromise')
  return (text) => {
    const doc = nlp(text)
    return LISTS.map((list) => doc[list]?.().out('array'))
  }
}

/** wink-nlp with its light English model, entities only. */
async function wink(): Promise<Reader> {
  const { default: winkNlp } = await load<{ default: Wink }>('wink-nlp')
  const { default: model } = await load<{ default: object }>('wink-eng-lite-web-model')
  const nlp = winkNlp(model, ['sbd', 'ner'])
  return (text) => nlp.readDoc(text).entities().out(nlp.its.detail)
}

const KNOWN: readonly { readonly name: string; readonly load: () => Promise<Reader> }[] = [
  { name: 'compromise', load: compromise },
  { name: 'wink-nlp', load: wink },
]

/** The peers that are installed, and the names of the packages that are not. */
export async function loadPeers(): Promise<{ peers: Peer[]; missing: string[] }> {
  const peers: Peer[] = []
  const missing: string[] = []
  for (const { name, load } of KNOWN) {
    try {
      peers.push({ name, full: true, reader: await load() })
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
      missing.push(/package '([^']+)'/.exec((error as Error).message)?.[1] ?? name)
    }
  }
  return { peers, missing }
}
