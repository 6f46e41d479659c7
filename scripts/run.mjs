import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { houseNode, ROOT } from './install.mjs'

/** Node keeps compiled code there, by the hash of its source, so that the next start need not strip and compile it again. */
const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'firebreak', 'compile')

/** Runs the house with Node 24 and ends as it ends; signals reach it, so that it can stop cleanly. */
export function run(args, { cwd = process.cwd(), env = process.env } = {}) {
  const child = spawn(houseNode(), ['--disable-warning=ExperimentalWarning', ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
  return child
}
export { ROOT }
