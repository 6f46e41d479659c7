// `npm start`: everything a stranger needs to see the demo network, from a fresh clone.
import { join } from 'node:path'
import { install, ROOT } from './install.mjs'
import { run } from './run.mjs'

install()
run([join(ROOT, 'src/main.ts'), 'serve', '--demo', ...process.argv.slice(2)], { cwd: ROOT })
