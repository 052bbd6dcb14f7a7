import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUpsOAuthClient, Secret } from '@optin-hub/oauth-client'
import { signInAndAgree, type StandInApplication } from '@optin-hub/ups-stand-in'
import type { Engine } from '../torture/engine.js'
import { freePort } from '../torture/program.js'
import { Ups } from '../torture/ups.js'
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { median } from './by-turns.js'
import { openHub, type OpenHub } from './open-hub.js'

const atOnce = 16
const companies = 60
const rounds = 5

export interface Rates {
  hub: number
  bare: number
}

/** Refreshes per second of one process, and of the stand-in's endpoint driven with the same number at once, by turns. */
export async function refreshRates(engine: Engine): Promise<Rates> {
  const port = await freePort()
  const hub = await openHub(engine, companies, { upsUrl: `http://127.0.0.1:${port}` })
  const folder = mkdtempSync(join(tmpdir(), 'optin-hub-bench-ups-'))
  for (const name of ['stand-in.json', 'stand-in-state.json'])
    cpSync(join(hub.dataDir, name), join(folder, name))
  const ups = await Ups.start(join(folder, 'stand-in.json'), port)
  try {
    const bare = await bareClients(hub, ups)
    const rates: { hub: number[]; bare: number[] } = { hub: [], bare: [] }
    for (let round = 0; round <= rounds; round++) {
      const ofHub = await perSecond(hub.standings.length, (index) => refreshByHub(hub, index))
      const ofBare = await perSecond(
        hub.standings.length,
        (_index, worker) => bare[worker]?.() ?? Promise.reject(),
      )
      // The first round warms up.
      if (round > 0) {
        rates.hub.push(ofHub)
        rates.bare.push(ofBare)
      }
    }
    return { hub: median(rates.hub), bare: median(rates.bare) }
  } finally {
    await hub.close()
    await ups.stop()
  }
}

async function refreshByHub({ app, standings }: OpenHub, index: number): Promise<void> {
  const authorizationId = standings[index]?.authorizationId ?? ''
  const result = await app.services.refreshes.refresh({ authorizationId, cause: 'BY_HAND' })
  if (result !== 'REFRESHED') throw new Error(`a refresh was ${result}`)
}

/** As many as work at once, each with a grant of its own, by plain fetch and nothing else. */
async function bareClients({ dataDir }: OpenHub, ups: Ups): Promise<(() => Promise<void>)[]> {
  const { applications } = JSON.parse(readFileSync(join(dataDir, 'stand-in.json'), 'utf8')) as {
    applications: StandInApplication[]
  }
  const [application] = applications as [StandInApplication]
  const { clientId, redirectUri } = application
  const clientSecret = [application.clientSecret].flat()[0] ?? ''
  const client = createUpsOAuthClient({
    baseUrl: ups.url,
    clientId,
    clientSecret: Secret.of(clientSecret),
    redirectUri,
  })
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const begin = async () => {
    const { url, state } = await client.authorizationUrl()
    const callback = await signInAndAgree(ups, url, { username: 'demo', password: 'ups-demo' })
    const { code } = client.readCallback(callback.searchParams, state)
    let refreshToken = (await client.exchangeCode({ code, codeVerifier: null })).refreshToken.reveal()
    return async () => {
      const answer = await fetch(`${ups.url}/security/v1/oauth/refresh`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      })
      refreshToken = ((await answer.json()) as { refresh_token: string }).refresh_token
    }
  }
  const clients: (() => Promise<void>)[] = []
  for (let count = 0; count < atOnce; count++) clients.push(await begin())
  return clients
}

async function perSecond(
  count: number,
  work: (index: number, worker: number) => Promise<void>,
): Promise<number> {
  let next = 0
  const from = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      while (next < count) await work(next++, worker)
    }),
  )
  return (count / (performance.now() - from)) * 1000
}
