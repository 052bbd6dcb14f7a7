import type { ApplicationId } from '../application/applications.js'

/** The pages that may begin an opt-in. A closed list: where to go next is never a URL from the request (S-12). */
export const returnPages = {
  CONSUMER_RETURNS_COMPANY_MANAGER: {
    applicationId: 'CONSUMER_RETURNS',
    path: '/applications/consumer-returns/admin',
  },
  REVERSE_LOGISTICS_HOME: { applicationId: 'REVERSE_LOGISTICS', path: '/applications/reverse-logistics' },
  PICKUP_MANAGER_SETTINGS: { applicationId: 'PICKUP_MANAGER', path: '/applications/pickup-manager/settings' },
  DATA_MANAGEMENT_TOKEN_MANAGER: {
    applicationId: 'DATA_MANAGEMENT',
    path: '/applications/data-management/admin',
  },
  RATING_COMPANY_MANAGER: { applicationId: 'RATING', path: '/applications/rating/company-manager' },
} as const satisfies Record<string, { applicationId: ApplicationId; path: string }>

export type ReturnTo = keyof typeof returnPages

/** Where the authorization is looked after, for links that others send. */
export function pageFor(of: { companyId: string; applicationId: ApplicationId }): `/${string}` {
  const pages: readonly { applicationId: ApplicationId; path: `/${string}` }[] = Object.values(returnPages)
  const page = pages.find(({ applicationId }) => applicationId === of.applicationId)
  if (!page) throw new Error(`${of.applicationId} has no page`)
  return `${page.path}?company=${encodeURIComponent(of.companyId)}`
}
