import { signInAndAgree } from '@optin-hub/ups-stand-in'
import type { Page } from '@playwright/test'
import { applicationIds } from '../e2e/pages.js'
import { askHub, authorizationUrl, checkNow, signIn, upsProfile } from '../e2e/visits.js'
import type { World } from '../e2e/world.js'
import type { ApplicationId } from '../src/graphql/generated/graphql.js'

const minutes = 60_000

/** Customers with a past: most are well, some have begun, one has changed its password at UPS.com. */
const customers: { name: string; executive: string; optsInTo: readonly ApplicationId[]; profile?: string }[] =
  [
    { name: 'Birchwood Paper Co.', executive: 'Robin Ellis', optsInTo: ['RATING', 'PICKUP_MANAGER'] },
    { name: 'Cobalt Cycles', executive: 'Jamie Ortega', optsInTo: ['CONSUMER_RETURNS', 'RATING'] },
    {
      name: 'Dune & Daughters',
      executive: 'Jamie Ortega',
      optsInTo: ['RATING', 'DATA_MANAGEMENT'],
      profile: 'demo',
    },
    { name: 'Everline Medical', executive: 'Robin Ellis', optsInTo: applicationIds },
    { name: 'Foxglove Garden Supply', executive: 'Robin Ellis', optsInTo: [] },
  ]

/** Leaves `page` signed in as the admin of Acme Outfitters, who has opted in everywhere and created the others. */
export async function fillDemo(page: Page, world: World): Promise<void> {
  await signIn(page)
  for (const application of applicationIds) await optIn(page, { application, company: 'Acme Outfitters' })
  for (const { name, executive, optsInTo, profile } of customers) {
    await askHub(page, 'mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { id } }', {
      input: {
        name,
        accountExecutiveName: executive,
        accountExecutiveContact: `${executive.toLowerCase().replace(' ', '.')}@example.com`,
        applications: applicationIds,
      },
    })
    for (const application of optsInTo) await optIn(page, { application, company: name, profile })
  }
  for (let renewals = 0; renewals < 3; renewals++) {
    await world.advanceBothClocks(25 * minutes)
    for (const application of applicationIds) await checkNow(page, application)
  }
  await world.ups.password({ username: 'demo', password: 'changed-at-ups' })
  await checkNow(page, 'RATING', 'Dune & Daughters')
}

interface OptIn {
  application: ApplicationId
  company: string
  profile?: string | undefined
}

async function optIn(page: Page, { application, company, profile = 'acme' }: OptIn): Promise<void> {
  const ups = { fetch: (request: Request) => fetch(request) }
  const url = await authorizationUrl(page, application, company)
  await page.goto((await signInAndAgree(ups, url, { ...upsProfile, username: profile })).href)
}
