import { Presets, SingleBar } from 'cli-progress'

/** How far reading has come, on standard error and only where somebody looks at it. */
export interface Progress {
  /** Told for each file, of its bytes read so far. */
  readonly at: (file: string, bytes: number) => void
  /** Takes the bar away, so that something can be printed; the next `at` brings it back. */
  readonly hide: () => void
}

const MB = 1_000_000
/** Below this nobody waits. */
const WORTH = 2 * MB

/**
 * @param total  bytes of all files; null when not known (standard input)
 */
export function progressBar(total: number | null, stream = process.stderr): Progress {
  let bar: SingleBar | null = null
  let before = 0
  let current = ''
  let inCurrent = 0
  const began = Date.now()
  const words = (bytes: number) => {
    const seconds = (Date.now() - began) / 1_000
    return {
      mb: (bytes / MB).toFixed(1),
      rate: (bytes / MB / Math.max(0.1, seconds)).toFixed(1),
      file: current,
    }
  }
  return {
    at(file, bytes) {
      if (file !== current) {
        before += inCurrent
        current = file
      }
      inCurrent = bytes
      const done = before + bytes
      if (!stream.isTTY || (total ?? done) < WORTH) return
      bar ??= started(total, stream, words(done))
      bar.update(total === null ? 0 : Math.min(done, total), words(done))
    },
    hide() {
      bar?.stop()
      bar = null
    },
  }
}

function started(total: number | null, stream: NodeJS.WriteStream, payload: object): SingleBar {
  const format =
    total === null
      ? '{mb} MB read, {rate} MB a second  {file}'
      : `{bar} {percentage} %  {mb} of ${(total / MB).toFixed(1)} MB, {rate} MB a second, {eta_formatted} left  {file}`
  const bar = new SingleBar(
    { format, stream, clearOnComplete: true, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  )
  bar.start(total ?? 0, 0, payload)
  return bar
}
