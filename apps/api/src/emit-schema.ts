import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { assertValidSchema, lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from './schema.js'

/** Writes the contract that the web application is built on; with --check, fails where the committed one is another. */
const target = fileURLToPath(new URL('../../../packages/api-schema/schema.graphql', import.meta.url))
const schema = createSchema()
assertValidSchema(schema)
const text = `# Emitted by apps/api: npm run emit-schema -w apps/api. Do not edit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(
      'schema.graphql is out of date: run npm run emit-schema -w apps/api and commit it.\n',
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(target, text)
}
