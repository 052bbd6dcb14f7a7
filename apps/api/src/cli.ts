import 'reflect-metadata'
import { fileURLToPath } from 'node:url'
import { run } from './cli/run.js'
import { systemClock } from './clock.js'
import { environmentAt } from './config.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { stdout, stderr } = process

process.exitCode = await run(process.argv.slice(2), {
  env: environmentAt(root),
  root,
  clock: systemClock,
  fetch,
  stdout,
  stderr,
})
