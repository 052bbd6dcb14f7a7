import { signInAndAgree } from '@optin-hub/ups-stand-in'
import type { ApplicationId } from '../application/applications.js'
import { returnPages, type ReturnTo } from '../authorization/return-to.js'
import type { Browser } from './browser.js'
import { companyIdOf, type TestApp } from './create-test-app.js'

export const beginOptInDocument = `mutation ($input: BeginOptInInput!) { beginOptIn(input: $input) { id authorizationUrl expiresAt } }`

export interface Begun {
  id: string
  authorizationUrl: string
  expiresAt: string
}

export function returnToOf(application: ApplicationId): ReturnTo {
  const pages = Object.entries(returnPages) as [ReturnTo, { applicationId: ApplicationId }][]
  const page = pages.find(([, { applicationId }]) => applicationId === application)
  if (!page) throw new Error(`no page of ${application}`)
  return page[0]
}

export async function beginOptIn(
  browser: Browser,
  companyId: string,
  application: ApplicationId,
): Promise<Begun> {
  const { beginOptIn: begun } = await browser.data<{ beginOptIn: Begun }>(beginOptInDocument, {
    input: { companyId, application, returnTo: returnToOf(application), upsProfileNote: 'the shipping desk' },
  })
  return begun
}

/** Signs in at the stand-in and agrees; answers the address that UPS.com sends the browser back to. */
export async function agreeAtUps(
  world: TestApp,
  begun: Begun,
  profile = { username: 'acme', password: 'ups-demo' },
): Promise<string> {
  return (await signInAndAgree(world.standIn, begun.authorizationUrl, profile)).toString()
}

/** The whole way for Acme Outfitters. */
export async function optIn(world: TestApp, browser: Browser, application: ApplicationId): Promise<string> {
  const companyId = await companyIdOf(browser, 'Acme Outfitters')
  const begun = await beginOptIn(browser, companyId, application)
  return browser.arriveAt(await agreeAtUps(world, begun))
}

export const authorizationDocument = `query ($companyId: ID!, $application: ApplicationId!) {
  authorization(companyId: $companyId, application: $application) {
    id status vaultKey generation authorizedAt upsProfileNote endedAt endReason nextRefreshAt upsMayHonourUntil
    authorizedBy { displayName } endedBy { displayName }
    tokens { issuedAt expiresAt refreshIssuedAt refreshExpiresAt refreshCount }
    refreshProblem { since attempts code message nextAttemptAt }
    tokenHistory { totalCount edges { node { generation cause supersededAt } } }
  }
}`

export interface AuthorizationAnswer {
  id: string
  status: string
  vaultKey: string | null
  generation: number
  authorizedAt: string | null
  upsProfileNote: string | null
  endedAt: string | null
  endReason: string | null
  nextRefreshAt: string | null
  upsMayHonourUntil: string | null
  authorizedBy: { displayName: string } | null
  endedBy: { displayName: string } | null
  tokens: { issuedAt: string; expiresAt: string; refreshExpiresAt: string; refreshCount: number } | null
  refreshProblem: { since: string; attempts: number; code: string; nextAttemptAt: string } | null
  tokenHistory: {
    totalCount: number
    edges: { node: { generation: number; cause: string; supersededAt: string | null } }[]
  }
}

export async function authorizationOf(
  browser: Browser,
  companyId: string,
  application: ApplicationId,
): Promise<AuthorizationAnswer | null> {
  const { authorization } = await browser.data<{ authorization: AuthorizationAnswer | null }>(
    authorizationDocument,
    {
      companyId,
      application,
    },
  )
  return authorization
}
