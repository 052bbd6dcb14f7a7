import type { Answers } from './fake-hub'

const slugs = {
  CONSUMER_RETURNS: 'consumer-returns',
  REVERSE_LOGISTICS: 'reverse-logistics',
  PICKUP_MANAGER: 'pickup-manager',
  DATA_MANAGEMENT: 'data-management',
  RATING: 'rating',
}
type ApplicationId = keyof typeof slugs

export const acme = {
  id: 'acme',
  name: 'Acme Outfitters',
  accountExecutive: { name: 'Robin Ellis', contact: 'robin.ellis@example.com' },
}

export const tokens = {
  issuedAt: '2026-05-13T21:04:07.000Z',
  expiresAt: '2026-05-13T22:04:06.000Z',
  refreshIssuedAt: '2026-05-13T21:04:07.000Z',
  refreshExpiresAt: '2026-07-12T21:04:06.000Z',
  refreshCount: 0,
}

export function anApplication(id: ApplicationId) {
  return { id, slug: slugs[id], name: `The ${slugs[id]} application` }
}

export function anAuthorization(overrides: Record<string, unknown> = {}) {
  const application = (overrides['application'] as ApplicationId | undefined) ?? 'RATING'
  const isAuthorized = overrides['status'] === 'AUTHORIZED'
  return {
    status: 'NOT_AUTHORIZED',
    mayBegin: false,
    company: acme,
    generation: isAuthorized ? 1 : 0,
    vaultKey: isAuthorized ? '8A228CA8-F725-41DF-8CCD-FDFDB8CF833C' : null,
    authorizedAt: isAuthorized ? tokens.issuedAt : null,
    authorizedBy: isAuthorized ? { id: 'avery', displayName: 'Avery Acme' } : null,
    tokens: isAuthorized ? tokens : null,
    nextRefreshAt: isAuthorized ? '2026-05-13T21:58:00.000Z' : null,
    tokenHistory: { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount: 0 },
    ...overrides,
    id: `acme-${application}`,
    application: anApplication(application),
  }
}

export const avery = {
  id: 'avery',
  signInName: 'acme.admin',
  displayName: 'Avery Acme',
  isSolutionAdmin: false,
  memberships: [{ role: 'ADMIN', company: acme }],
}

export const blake = {
  id: 'blake',
  signInName: 'solution.admin',
  displayName: 'Blake Solution',
  isSolutionAdmin: true,
  memberships: [],
}

/** Avery, admin of one company with one authorization. */
export function aHub(authorization = anAuthorization(), overrides: Answers = {}): Answers {
  return {
    viewer: avery,
    companies: companiesOf([{ ...acme, authorizations: [authorization] }]),
    authorization: ({ companyId }: { companyId: string }) => (companyId === acme.id ? authorization : null),
    ...overrides,
  }
}

/** A list that is all there. */
export const connectionOf = (...nodes: object[]) => ({
  edges: nodes.map((node) => ({ node, cursor: 'here' })),
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
  totalCount: nodes.length,
})

export function companiesOf(
  nodes: { id: string; name?: string; authorizations?: unknown }[],
  notYetAuthorizedCount = 0,
) {
  return {
    edges: nodes.map((node) => ({ node, cursor: node.id })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false },
    totalCount: nodes.length,
    notYetAuthorizedCount,
  }
}
