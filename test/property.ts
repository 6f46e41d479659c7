import fc from 'fast-check'

/**
 * Property tests draw the same examples in every run: what passed here passes on another computer. `FIREBREAK_TEST_SEED=7 npm test -- src`
 * draws others; what they find becomes an example of its own.
 */
const SEED = 20_261_123

fc.configureGlobal({ seed: Number(process.env.FIREBREAK_TEST_SEED ?? SEED) })

export { fc }
