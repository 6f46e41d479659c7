import type { Content, Indicator, Lexicon, LureFamily } from '../assess/content.ts'

const eager = { eager: true, import: 'default' } as const

/** What practitioners wrote, as the build found it. */
export const content: Content = {
  indicators: Object.values(import.meta.glob<Indicator>('../../content/indicators/*.yaml', eager)),
  lexicons: Object.values(import.meta.glob<Lexicon>('../../content/lexicon/words/*.yaml', eager)),
  lures: Object.values(import.meta.glob<LureFamily>('../../content/lexicon/lure/*.yaml', eager)),
  guide: {
    id: 'none',
    version: 0,
    source: { from: '', standing: 'memory' },
    levels: { low: 0, medium: 0, high: 0 },
    advertisement: {},
    checks: {},
  },
}
