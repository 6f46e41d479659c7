import { spawn } from 'node:child_process'
import { houseNode, ROOT } from './install.mjs'

/** Runs the house with Node 24 and ends as it ends; signals reach it, so that it can stop cleanly. */
export function run(args, { cwd = process.cwd(), env = process.env } = {}) {
  const child = spawn(houseNode(), ['--disable-warning=ExperimentalWarning', ...args], {
    cwd,
    env,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
  return child
}
export { ROOT }
