// The counter is what says "green": each way of not being green is shown to it once.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { closingLine, countResults } from './count-results.mjs'

const vitest = ({ passed = 0, failed = 0, pending = 0, files = [] }) => ({
  numTotalTests: passed + failed + pending,
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: 0,
  testResults: files,
})
const playwright = (stats, errors = [], suites = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
  suites,
})
const failedAssertion = { status: 'failed', fullName: 'loses nothing' }
const nested = [{ suites: [{ specs: [{ ok: false, file: 'rating.spec.ts', title: 'opts in' }] }] }]
const unitOnly = { scripts: { test: 'vitest run' } }
const both = { scripts: { test: 'vitest run', e2e: 'playwright test' } }
const unit = 'packages/a/.results/vitest.json'

const cases = [
  {
    says: '7 passed, 0 failed',
    of: {
      'packages/a/package.json': both,
      [unit]: vitest({ passed: 5 }),
      'packages/a/.results/playwright.json': playwright({ expected: 2 }),
      'packages/config/package.json': {},
    },
  },
  { says: '3 passed, 2 failed, 1 skipped', of: { [unit]: vitest({ passed: 3, failed: 2, pending: 1 }) } },
  { says: '0 passed, 2 failed', of: {}, why: 'is missing' },
  { says: '0 passed, 2 failed', of: { [unit]: vitest({}) }, why: 'holds no test' },
  { says: '0 passed, 2 failed', of: { [unit]: '{ half a fi' }, why: 'cannot be read' },
  {
    says: '1 passed, 1 failed',
    of: {
      [unit]: vitest({ passed: 1, files: [{ name: 'x.test.ts', status: 'failed', assertionResults: [] }] }),
    },
    why: 'x.test.ts could not be run',
  },
  { says: '4 passed, 1 failed', of: { [unit]: playwright({ expected: 4, flaky: 1 }) } },
  {
    says: '4 passed, 1 failed',
    of: { [unit]: playwright({ expected: 4 }, [{ message: 'no browser\nat x' }]) },
    why: 'no browser',
  },
  {
    says: '4 passed, 1 failed',
    of: {
      [unit]: vitest({
        passed: 4,
        failed: 1,
        files: [{ name: 'x.test.ts', status: 'failed', assertionResults: [failedAssertion] }],
      }),
    },
    names: ['packages/a: loses nothing'],
  },
  {
    says: '4 passed, 1 failed',
    of: { [unit]: playwright({ expected: 4, unexpected: 1 }, [], nested) },
    names: ['packages/a: rating.spec.ts: opts in'],
  },
]

for (const { says, of, why, names } of cases) {
  const root = mkdtempSync(join(tmpdir(), 'count-results-'))
  try {
    for (const [path, content] of Object.entries({ 'packages/a/package.json': unitOnly, ...of })) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
    }
    const total = countResults(root)
    assert.equal(closingLine(total), says)
    if (why) assert.ok(total.faults.join('\n').includes(why), `${total.faults} should say: ${why}`)
    if (names) assert.deepEqual(total.names, names)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
console.log(`count-results: ${cases.length} reports were counted as they should be`)
