import type { ApplicationId } from '../src/graphql/generated/graphql.js'

/** Every page that a signed-in person can reach, by the application whose authorization it shows. */
export const applicationPages: readonly { path: string; application: ApplicationId }[] = [
  { path: '/applications/consumer-returns', application: 'CONSUMER_RETURNS' },
  { path: '/applications/consumer-returns/admin', application: 'CONSUMER_RETURNS' },
  { path: '/applications/consumer-returns/service-guide', application: 'CONSUMER_RETURNS' },
  { path: '/applications/consumer-returns/import', application: 'CONSUMER_RETURNS' },
  { path: '/applications/reverse-logistics', application: 'REVERSE_LOGISTICS' },
  { path: '/applications/pickup-manager', application: 'PICKUP_MANAGER' },
  { path: '/applications/pickup-manager/settings', application: 'PICKUP_MANAGER' },
  { path: '/applications/data-management', application: 'DATA_MANAGEMENT' },
  { path: '/applications/data-management/admin', application: 'DATA_MANAGEMENT' },
  { path: '/applications/data-management/exports', application: 'DATA_MANAGEMENT' },
  { path: '/applications/data-management/users', application: 'DATA_MANAGEMENT' },
  { path: '/applications/data-management/groups', application: 'DATA_MANAGEMENT' },
  { path: '/applications/rating', application: 'RATING' },
  { path: '/applications/rating/company-manager', application: 'RATING' },
]

export const otherPages = [
  '/',
  '/overview',
  '/figures',
  '/companies',
  '/companies/import',
  '/people',
  '/api-clients',
  '/webhooks',
  '/audit-trail',
  '/invitation',
  '/opt-in/not-recognised',
  '/opt-in/already-used',
  '/opt-in/wrong-person',
  '/opt-in/signed-out',
  '/opt-in/not-finished',
  '/no/such/page',
  '/account',
  '/sign-up',
  '/confirm-sign-up',
  '/confirm-email',
  '/forgot-password',
  '/reset-password#a-token-of-a-letter',
  '/set-up',
]

export const applicationIds = [...new Set(applicationPages.map(({ application }) => application))]
