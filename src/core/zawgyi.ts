/**
 * Burmese in Zawgyi, the encoding of fonts before Unicode: the same block of code points with other meanings, written in the
 * order in which the signs are seen. Old phones and old chats still hold it.
 * Source   the code points of the Zawgyi-One font as its users have described them in public; the order of signs in Unicode is
 *          that of Unicode Technical Note 11.
 */

/** A text in Unicode, and for each of its units where the cluster it came from begins and ends in the text before. */
export interface Converted {
  readonly text: string
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** The vowel e with nothing in front that it could belong to. */
const LOOSE_E = /(?:^|[^\u1000-\u1021\u1023-\u102a\u1039\u103b-\u103f\u1060-\u1097])\u1031/g
/** Zawgyi's sign that silences a consonant; in Unicode it stacks, and a consonant follows. */
const VISIBLE_VIRAMA = /\u1039(?![\u1000-\u1021\u103f])/g
/** Zawgyi's stacked and narrow forms; Shan, which has letters there, is written with its own digits and tones. */
const FORMS = /[\u1060-\u1064\u1066-\u1074\u108b-\u108f\u1091-\u1097]/g
/** The medial ha of Unicode, which Zawgyi has nothing for. */
const UNICODE_HA = /\u103e/g

/** Units that are looked at: a text does not change its encoding halfway. */
const HEAD = 20_000
const ENOUGH = 2

/** Whether Burmese text is written in Zawgyi: by signs that Unicode never has so, more of them than of Unicode's own. */
export function isZawgyi(source: string): boolean {
  const head = source.slice(0, HEAD)
  const old = count(head, VISIBLE_VIRAMA) + count(head, LOOSE_E) + count(head, FORMS)
  return old >= ENOUGH && old > count(head, UNICODE_HA)
}

function count(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0
}

/** What stands for one unit of Zawgyi, in Unicode; a consonant stacked below carries its virama. */
const MEANS: Readonly<Record<string, string>> = {
  '\u1033': '\u102f',
  '\u1034': '\u1030',
  '\u1039': '\u103a',
  '\u103a': '\u103b',
  '\u103b': '\u103c',
  '\u103c': '\u103d',
  '\u103d': '\u103e',
  '\u105a': '\u102b\u103a',
  '\u1060': '\u1039\u1000',
  '\u1061': '\u1039\u1001',
  '\u1062': '\u1039\u1002',
  '\u1063': '\u1039\u1003',
  '\u1065': '\u1039\u1005',
  '\u1066': '\u1039\u1006',
  '\u1067': '\u1039\u1006',
  '\u1068': '\u1039\u1007',
  '\u1069': '\u1039\u1008',
  '\u106a': '\u1009',
  '\u106b': '\u100a',
  '\u106c': '\u1039\u100b',
  '\u106d': '\u1039\u100c',
  '\u106e': '\u100d\u1039\u100d',
  '\u106f': '\u100d\u1039\u100e',
  '\u1070': '\u1039\u100f',
  '\u1071': '\u1039\u1010',
  '\u1072': '\u1039\u1010',
  '\u1073': '\u1039\u1011',
  '\u1074': '\u1039\u1011',
  '\u1075': '\u1039\u1012',
  '\u1076': '\u1039\u1013',
  '\u1077': '\u1039\u1014',
  '\u1078': '\u1039\u1015',
  '\u1079': '\u1039\u1016',
  '\u107a': '\u1039\u1017',
  '\u107b': '\u1039\u1018',
  '\u107c': '\u1039\u1019',
  '\u107d': '\u103b',
  '\u107e': '\u103c',
  '\u107f': '\u103c',
  '\u1080': '\u103c',
  '\u1081': '\u103c',
  '\u1082': '\u103c',
  '\u1083': '\u103c',
  '\u1084': '\u103c',
  '\u1085': '\u1039\u101c',
  '\u1086': '\u103f',
  '\u1087': '\u103e',
  '\u1088': '\u103e\u102f',
  '\u1089': '\u103e\u1030',
  '\u108a': '\u103d\u103e',
  '\u108e': '\u102d\u1036',
  '\u108f': '\u1014',
  '\u1090': '\u101b',
  '\u1091': '\u100f\u1039\u100d',
  '\u1092': '\u100b\u1039\u100c',
  '\u1093': '\u1039\u1018',
  '\u1094': '\u1037',
  '\u1095': '\u1037',
  '\u1096': '\u1039\u1010\u103d',
  '\u1097': '\u100b\u1039\u100b',
}

/** A small nga above the consonant, alone or with a vowel: in Unicode it stands in front. */
const KINZI: Readonly<Record<string, string>> = {
  '\u1064': '',
  '\u108b': '\u102d',
  '\u108c': '\u102e',
  '\u108d': '\u1036',
}
const NGA_ABOVE = '\u1004\u103a\u1039'

/** The order of signs behind a consonant, Unicode's normal form included: the dot below comes before the silencing sign. */
const ORDER = [
  ...'\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u102f\u1030\u1032\u102b\u102c\u1036\u1037\u103a\u1038',
]
const RANK = new Map(ORDER.map((sign, rank) => [sign, rank]))

/** E and ra are written in front of their consonant; everything else behind it, of which no syllable has more than twelve signs. */
const CLUSTER =
  /(\u1031?[\u103b\u107e-\u1084]?|[\u103b\u107e-\u1084]\u1031)([\u1000-\u1021\u1023-\u102a\u103f\u106a\u106b\u106e\u106f\u1086\u108f-\u1092\u1097]|\u1040(?=[\u102b-\u1030\u1032-\u103d]))([\u102b-\u1030\u1032-\u103d\u105a\u1060-\u1069\u106c\u106d\u1070-\u107d\u1085\u1087-\u108e\u1093-\u1096]{0,12})/gu

/**
 * Burmese in Zawgyi as Unicode; what is no Burmese stays as it is.
 * Keeps    the order of clusters, so that every place in the one text has its place in the other.
 * Cost     linear.
 */
export function fromZawgyi(source: string): Converted {
  const parts: string[] = []
  const spans: [size: number, start: number, end: number][] = []
  const put = (text: string, start: number, end: number) => {
    if (text === '') return
    parts.push(text)
    spans.push([text.length, start, end])
  }
  const plain = (from: number, to: number) => {
    for (let i = from; i < to; i++)
      put(isWa(source, i) ? '\u101d' : (MEANS[source[i] ?? ''] ?? source[i] ?? ''), i, i + 1)
  }
  let at = 0
  for (const found of source.matchAll(CLUSTER)) {
    plain(at, found.index)
    const [whole, front = '', base = '', behind = ''] = found
    at = found.index + whole.length
    put(cluster(base, front + behind), found.index, at)
  }
  plain(at, source.length)
  return { text: parts.join(''), ...mapped(spans) }
}

/** A nought among letters is the letter wa, which looks alike: ျမ၀တီ. */
function isWa(source: string, i: number): boolean {
  return (
    source[i] === '\u1040' &&
    /[\u1000-\u103f]/.test(source[i + 1] ?? '') &&
    !/[\u1040-\u1049.,]/.test(source[i - 1] ?? '')
  )
}

function cluster(base: string, signs: string): string {
  let kinzi = ''
  let stacked = ''
  let rest = ''
  for (const sign of signs) {
    const above = KINZI[sign]
    const means = above ?? MEANS[sign] ?? sign
    if (above !== undefined) kinzi = NGA_ABOVE
    const isStack = means.startsWith('\u1039')
    if (isStack) stacked += means.slice(0, 2)
    rest += isStack ? means.slice(2) : means
  }
  // a nought with vowels is the letter wa, which looks alike
  const letter = base === '\u1040' ? '\u101d' : (MEANS[base] ?? base)
  const ordered = [...new Set(rest)].sort(
    (a, b) => (RANK.get(a) ?? ORDER.length) - (RANK.get(b) ?? ORDER.length),
  )
  return asLetters(kinzi + letter + stacked + ordered.join(''))
}

/** Two letters that Zawgyi writes as one with a sign: စျ is ဈ, ဥ် is ဉ်. */
function asLetters(written: string): string {
  return written.replace('\u1005\u103b', '\u1008').replace(/\u1025(?=\u1037?\u103a)/, '\u1009')
}

function mapped(spans: readonly (readonly [number, number, number])[]): Omit<Converted, 'text'> {
  const length = spans.reduce((sum, [size]) => sum + size, 0)
  const starts = new Uint32Array(length)
  const ends = new Uint32Array(length)
  let i = 0
  for (const [size, start, end] of spans) {
    starts.fill(start, i, i + size)
    ends.fill(end, i, i + size)
    i += size
  }
  return { starts, ends }
}
