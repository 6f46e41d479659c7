// `npm test`: installs what is missing, then types, format and lint, walls, unit, property, database and browser.
import { join } from 'node:path'
import { install, ROOT } from './install.mjs'
import { run } from './run.mjs'

install({ everything: true })
run([join(ROOT, 'test/run.ts'), ...process.argv.slice(2)], { cwd: ROOT })
