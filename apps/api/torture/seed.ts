import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createStandIn, type StandInApplication, type StandInState } from '@optin-hub/ups-stand-in'
import { createApp } from '../src/app.js'
import { applicationIds, type ApplicationId } from '../src/application/applications.js'
import { systemClock } from '../src/clock.js'
import { readConfig } from '../src/config.js'
import { seedDemo } from '../src/demo.seed.js'
import { createLogger } from '../src/log.js'
import { prepareStandInFiles, standInFile } from '../src/stand-in-files.js'
import type { TorturedDatabase } from './engine.js'
import type { Answer, Asked } from './hub.js'
import { Person } from './person.js'

/** One authorization, with what is needed to ask for it and to find it in the ledger. */
export interface Standing {
  authorizationId: string
  companyId: string
  application: ApplicationId
  vaultKey: string
  grantId: string
  apiKey: string
}

export interface Seed {
  companies: number
  applications: readonly ApplicationId[]
}

interface Place {
  environment: Record<string, string>
  database: TorturedDatabase
  publicUrl: string
  upsUrl: string
  dataDir: string
}

const companiesPerClient = 50

/**
 * Companies that have opted in, by the front door of hub and stand-in, in this process and without sockets: a thousand
 * are a matter of seconds. The stand-in's state goes where its program will find it.
 */
export async function seed(place: Place, { companies, applications }: Seed): Promise<Standing[]> {
  const config = prepareStandInFiles(readConfig(place.environment, { root: place.dataDir }), randomBytes)
  const file = standInFile(place.dataDir)
  let state: StandInState | null = null
  const ups = createStandIn({
    ...(JSON.parse(readFileSync(file, 'utf8')) as { applications: StandInApplication[] }),
    publicUrl: place.upsUrl,
    onChange: (changed) => (state = changed),
  })
  const app = await createApp(config, {
    clock: systemClock,
    fetch: (input, init) => ups.fetch(input as Request, init),
    resolveHost: () => Promise.resolve([]),
    random: Math.random,
    randomBytes,
    log: createLogger({ level: 'fatal', destination: { write: () => undefined } }),
    webRoot: place.dataDir,
    playgroundRoot: place.dataDir,
  })
  const ask = async ({ method = 'GET', path, headers = {}, body }: Asked): Promise<Answer> => {
    const host = new URL(place.publicUrl).host
    const answer = await app.http.inject({
      method,
      url: path,
      headers: { host, ...headers },
      ...(body !== undefined && { payload: body }),
    })
    return { status: answer.statusCode, headers: answer.headers as Answer['headers'], body: answer.body }
  }
  try {
    await seedDemo(app.database, app.services)
    const admin = new Person(place.publicUrl)
    await admin.signIn(ask)
    const grants = new Map<string, string>()
    const companyIds: string[] = []
    for (let count = 0; count < companies; count++) {
      const companyId = await createCompany(admin, ask, { name: `Tortured ${count}`, applications })
      companyIds.push(companyId)
      for (const application of applications) {
        if (!(await admin.optIn(ask, { companyId, application }, ups)))
          throw new Error('an opt-in has failed')
        const issued = ups.control.ledger().rows.findLast(({ endpoint }) => endpoint === 'token')
        grants.set(`${companyId} ${application}`, issued?.grantId ?? '')
      }
    }
    const keys = await createClients(admin, ask, companyIds)
    const rows = await place.database.query<Omit<Standing, 'grantId' | 'apiKey'>>(
      `SELECT id AS "authorizationId", "companyId", "applicationId" AS application, "mintedVaultKey" AS "vaultKey"
       FROM authorizations WHERE status = 'AUTHORIZED' ORDER BY id`,
    )
    return rows.map((row) => ({
      ...row,
      grantId: grants.get(`${row.companyId} ${row.application}`) ?? '',
      apiKey: keys.get(row.companyId) ?? '',
    }))
  } finally {
    await app.close()
    writeFileSync(file.replace(/\.json$/, '-state.json'), `${JSON.stringify(state)}\n`, { mode: 0o600 })
  }
}

async function createCompany(
  admin: Person,
  ask: (asked: Asked) => Promise<Answer>,
  input: { name: string; applications: readonly ApplicationId[] },
): Promise<string> {
  const document = 'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }'
  return (await admin.tell<{ createCompany: { id: string } }>(ask, document, input)).createCompany.id
}

/** The key by which each company may be asked for. */
async function createClients(
  admin: Person,
  ask: (asked: Asked) => Promise<Answer>,
  companyIds: readonly string[],
): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (let from = 0; from < companyIds.length; from += companiesPerClient) {
    const some = companyIds.slice(from, from + companiesPerClient)
    const { createApiClient } = await admin.tell<{ createApiClient: { key: string } }>(
      ask,
      'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { key } }',
      {
        name: `Torture ${from}`,
        companyIds: some,
        applications: applicationIds,
        scopes: ['STATUS_READ', 'TOKEN_READ'],
      },
    )
    for (const companyId of some) keys.set(companyId, createApiClient.key)
  }
  return keys
}
