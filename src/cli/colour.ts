import pc from 'picocolors'

/** Colours are for a person at a terminal: never in a pipe, a file or a continuous-integration log, unless asked for. */
function colours(stream: NodeJS.WriteStream) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const asked = Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')
  return pc.createColors(!NO_COLOR && asked)
}

export const onStdout = colours(process.stdout)
export const onStderr = colours(process.stderr)
