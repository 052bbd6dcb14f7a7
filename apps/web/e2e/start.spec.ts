import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startNode, untilReady, type NodeProcess } from './node-process.js'
import { hubMain, hubSettings, underTest } from './world.js'

/** The hub as `npm start` starts it: with a stand-in of its own. */
const withFolder = test.extend<{ settings: Record<string, string>; start: () => Promise<NodeProcess> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  settings: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'optin-hub-start-'))
    const standInPort = String(await freePort())
    await use({ ...hubSettings(await freePort(), dataDir), STAND_IN_PORT: standInPort })
    await rm(dataDir, { recursive: true, force: true })
  },
  start: async ({ settings }, use) => {
    const started: NodeProcess[] = []
    await use(async () => {
      const hub = startNode(['--import', underTest, hubMain], settings)
      started.push(hub)
      await untilReady(`${settings['PUBLIC_URL']}/readyz`, hub)
      return hub
    })
    for (const hub of started) await hub.stop('SIGKILL')
  },
})

withFolder(
  'a first start brings hub and UPS.com, and says where to go and who to be',
  async ({ settings, start }) => {
    const hub = await start()
    expect((await fetch(standInOf(settings))).status).toBe(200)
    for (const word of [settings['PUBLIC_URL'] ?? '', 'acme.admin', 'demo.admin', 'solution.admin']) {
      expect(hub.output()).toContain(word)
    }
    expect(await hub.stop()).toBe(0)
    await untilGone(standInOf(settings))
  },
)

withFolder('a hub that is killed leaves no UPS.com behind', async ({ settings, start }) => {
  const hub = await start()
  await hub.stop('SIGKILL')
  await untilGone(standInOf(settings))
})

withFolder(
  'a hub that is told to stop does so, though a browser holds a spare connection',
  async ({ settings, start }) => {
    const hub = await start()
    const spare = connect(Number(settings['PORT']), '127.0.0.1')
    // How the hub ends it is the hub's affair.
    spare.on('error', () => undefined)
    await once(spare, 'connect')
    expect(await hub.stop()).toBe(0)
    spare.destroy()
  },
)

for (const setting of ['PORT', 'STAND_IN_PORT']) {
  withFolder(`a ${setting} that somebody else has is named in a sentence`, async ({ settings }) => {
    const other = createServer().listen(Number(settings[setting]), '127.0.0.1')
    await once(other, 'listening')
    const hub = startNode([hubMain], settings)
    const code = await hub.exited
    other.close()
    expect(code, hub.output()).toBe(1)
    expect(hub.output()).toContain(settings[setting])
    expect(hub.output()).not.toMatch(/^\s+at /m)
  })
}

function standInOf(settings: Record<string, string>): string {
  return `http://127.0.0.1:${settings['STAND_IN_PORT']}/`
}

async function untilGone(url: string): Promise<void> {
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone')
}
