// Adds up what vitest and Playwright wrote into the workspaces' .results folders. A workspace that promises
// tests (a `test` or `e2e` script) and left no results has failed, whatever its exit code said.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const fileOf = { test: 'vitest.json', e2e: 'playwright.json' }

/** `{ passed, failed, skipped, names, faults }` of all workspaces below `root`; every fault also counts as failed. */
export function countResults(root) {
  const total = { passed: 0, failed: 0, skipped: 0, names: [], faults: [] }
  for (const { workspace, file } of promisedResults(root)) {
    const one = readResults(join(root, workspace, '.results', file))
    total.passed += one.passed
    total.failed += one.failed
    total.skipped += one.skipped
    total.names.push(...one.names.map((name) => `${workspace}: ${name}`))
    total.faults.push(...one.faults.map((fault) => `${workspace}/.results/${file} ${fault}`))
  }
  if (total.passed + total.failed + total.skipped === 0) total.faults.push('no test has run at all')
  total.failed += total.faults.length
  return total
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function promisedResults(root) {
  return ['apps', 'packages'].flatMap((kind) =>
    (existsSync(join(root, kind)) ? readdirSync(join(root, kind)) : []).flatMap((name) => {
      const workspace = `${kind}/${name}`
      const manifest = join(root, workspace, 'package.json')
      const scripts = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')).scripts ?? {}) : {}
      return Object.entries(fileOf)
        .filter(([script]) => script in scripts)
        .map(([, file]) => ({ workspace, file }))
    }),
  )
}

function readResults(path) {
  const nothing = { passed: 0, failed: 0, skipped: 0, names: [] }
  if (!existsSync(path)) return { ...nothing, faults: ['is missing'] }
  let report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { ...nothing, faults: ['cannot be read'] }
  }
  const count = 'numTotalTests' in report ? ofVitest(report) : ofPlaywright(report)
  const faults = [...count.faults]
  if (count.passed + count.failed + count.skipped === 0) faults.push('holds no test')
  return { ...count, faults }
}

function ofVitest(report) {
  // A file that cannot be loaded has no assertion that failed, and failed nevertheless.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    names: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ),
    faults: broken.map(({ name }) => `says that ${name} could not be run`),
  }
}

function ofPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    names: specsOf(suites)
      .filter(({ ok }) => !ok)
      .map(({ file, title }) => `${file}: ${title}`),
    faults: errors.map(({ message }) => `reports outside of any test: ${String(message).split('\n')[0]}`),
  }
}

function specsOf(suites = []) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)])
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const total = countResults(process.cwd())
  const commandFailed = Number(process.argv[2] ?? 0) !== 0
  // Lint, types or a teardown can fail with every test green; the line must not look like success then.
  if (commandFailed && total.failed === 0) {
    total.faults.push('the test command itself failed')
    total.failed = 1
  }
  // Of a long run only the end may be kept: what failed is named there.
  for (const name of total.names) console.error(`failed: ${name}`)
  for (const fault of total.faults) console.error(fault)
  console.log(`\n${closingLine(total)}`)
  process.exitCode = total.failed > 0 ? 1 : 0
}
