#!/usr/bin/env node
import { join } from 'node:path'
import { install, ROOT } from '../scripts/install.mjs'
import { run } from '../scripts/run.mjs'

install()
run([join(ROOT, 'src/main.ts'), ...process.argv.slice(2)])
