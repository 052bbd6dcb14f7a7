import { chromium, expect, type Page, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../e2e/browser.js'
import { freePort } from '../e2e/node-process.js'
import { World } from '../e2e/world.js'
import { signIn } from '../e2e/visits.js'
import { fillDemo } from './demo-world.js'

/** Fetched by npx for this run only: a hundred packages that nobody needs to build or to use the hub. */
const lighthouse = 'lighthouse@12.8.2'
const asked = { accessibility: 100, 'best-practices': 100, performance: 95 }

const signedOut = ['/sign-in']
const signedIn = [
  '/',
  '/overview',
  '/applications/consumer-returns',
  '/applications/reverse-logistics',
  '/applications/pickup-manager',
  '/applications/data-management',
  '/applications/rating',
]

interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; displayValue?: string }>
}

test('Lighthouse is content with sign-in, the first page and each landing page', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'optin-hub-lighthouse-'))
  const world = await World.start()
  const port = await freePort()
  const browser = await chromium.launchPersistentContext(folder, {
    baseURL: world.url,
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  })
  try {
    const page = await browser.newPage()
    const judgeAll = async (paths: readonly string[]): Promise<void> => {
      for (const path of paths)
        for (const device of ['desktop', 'mobile'] as const)
          judge(`${path} on ${device}`, await bestReportOn(`${world.url}${path}`, { device, port, folder }))
    }
    await judgeAll(signedOut)
    await enter(page, world)
    await judgeAll(signedIn)
  } finally {
    await browser.close()
    await world.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function enter(page: Page, world: World): Promise<void> {
  await page.goto(world.url)
  await fillDemo(page, world)
  await page.goto(world.url)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, 'acme.admin')
}

interface Visit {
  device: 'desktop' | 'mobile'
  port: number
  folder: string
}

/** What else the machine does only ever slows a page down: up to three tries, the quickest counts. */
async function bestReportOn(url: string, visit: Visit): Promise<Report> {
  let best = await reportOn(url, visit)
  for (let tries = 1; tries < 3 && speedOf(best) < asked.performance; tries++) {
    const next = await reportOn(url, visit)
    if (speedOf(next) > speedOf(best)) best = next
  }
  return best
}

const speedOf = ({ categories }: Report): number => (categories['performance']?.score ?? 0) * 100

async function reportOn(url: string, { device, port, folder }: Visit): Promise<Report> {
  const file = join(folder, 'report.json')
  const options = [
    '--yes',
    lighthouse,
    url,
    `--port=${port}`,
    '--disable-storage-reset',
    '--only-categories=accessibility,best-practices,performance',
    '--output=json',
    `--output-path=${file}`,
    '--quiet',
    '--enable-error-reporting=false',
    ...(device === 'desktop' ? ['--preset=desktop'] : []),
  ]
  const run = spawn('npx', options, { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((done) => run.on('close', done))
  expect(code, `lighthouse ${url}`).toBe(0)
  return JSON.parse(await readFile(file, 'utf8')) as Report
}

function judge(what: string, { categories, audits }: Report): void {
  const points = Object.entries(categories).map(([name, { score }]) => `${name} ${Math.round(score * 100)}`)
  process.stdout.write(`${what}: ${points.join(', ')}\n`)
  for (const [name, wanted] of Object.entries(asked)) {
    const { score = 0, auditRefs = [] } = categories[name] ?? {}
    const lacking = auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ''}`)
    if (score * 100 < wanted) process.stdout.write(`  ${name}: ${lacking.join('; ')}\n`)
    expect.soft(Math.round(score * 100), `${what}: ${name}`).toBeGreaterThanOrEqual(wanted)
  }
}
