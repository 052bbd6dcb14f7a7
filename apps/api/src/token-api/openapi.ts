import { openApiSchemas } from './openapi-schemas.js'

const json = (schema: string, type = 'application/json') => ({
  [type]: { schema: { $ref: `#/components/schemas/${schema}` } },
})

const header = (description: string) => ({ description, schema: { type: 'string' } })

const quotaHeaders = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
}

const problem = (description: string, headers: Record<string, object> = {}) => ({
  description,
  headers,
  content: json('Problem', 'application/problem+json'),
})

const retryAfter = header('After how many seconds to ask again.')

const refusals = {
  '400': problem('What was asked cannot be read, or a key came together with a session.'),
  '401': problem('There is no key, or it is not valid any more.', {
    'WWW-Authenticate': header('Bearer'),
  }),
  '403': problem('The scope is missing, the client is paused, or this is not an address it may ask from.'),
  '404': problem('There is no such Token Vault Key, or no company lets this client know of it.'),
  '429': problem('A limit is reached: of this client, or of what is asked about the company.', {
    ...quotaHeaders,
    'Retry-After': retryAfter,
  }),
  '500': problem('Our fault. Nothing was handed out.'),
}

const vaultKey = {
  name: 'vaultKey',
  in: 'path',
  required: true,
  description: 'The Token Vault Key of one company in one application. An identifier, and no credential.',
  schema: { type: 'string' },
}

const status = {
  operationId: 'tokenStatus',
  summary: 'Whether an authorization stands',
  description: 'Needs the scope STATUS_READ. Known keys are answered 200 whatever the state.',
  parameters: [
    vaultKey,
    {
      name: 'If-None-Match',
      in: 'header',
      description: 'The ETag of the answer before: 304 while nothing has changed.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    '200': {
      description: 'The state.',
      headers: { ETag: header('Of all but checkedAt.'), ...quotaHeaders },
      content: json('TokenStatus'),
    },
    '304': { description: 'Nothing has changed.', headers: { ETag: header('The same.'), ...quotaHeaders } },
    ...refusals,
  },
}

const token = {
  operationId: 'issueAccessToken',
  summary: 'A fresh access token',
  description: 'Needs the scope TOKEN_READ. One with less life than asked for is renewed first.',
  parameters: [
    vaultKey,
    {
      name: 'minimum_seconds',
      in: 'query',
      description: 'How much life the token must have left.',
      schema: { type: 'integer', minimum: 1, maximum: 600, default: 60 },
    },
  ],
  responses: {
    '200': { description: 'The token.', headers: quotaHeaders, content: json('AccessToken') },
    ...refusals,
    '409': problem('Only a person of the company can help: it has not authorized, or has to do so again.'),
    '503': problem('UPS.com cannot be reached and no valid token is left. The authorization stands.', {
      'Retry-After': retryAfter,
    }),
  },
}

const { '404': _notFound, ...refusalsOfLists } = refusals

const events = {
  operationId: 'events',
  summary: 'What has happened to authorizations',
  description:
    'Needs the scope STATUS_READ. Events are kept for 30 days; whoever goes on from the cursor of the answer before misses none.',
  parameters: [
    {
      name: 'after',
      in: 'query',
      description:
        'The cursor called next of the answer before; without it, from the oldest event that is kept.',
      schema: { type: 'string' },
    },
    {
      name: 'limit',
      in: 'query',
      description: 'How many at most.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
    },
  ],
  responses: {
    '200': { description: 'The events.', headers: quotaHeaders, content: json('Events') },
    ...refusalsOfLists,
    '409': problem('Events after this cursor have been cleared away: read each status, and begin anew.'),
  },
}

/** What `/v1` is, for machines that make clients of it. */
export const openApiDocument = (publicUrl: URL) => ({
  openapi: '3.1.0',
  info: {
    title: 'Opt-In Hub for third-party applications',
    version: '1',
    description:
      'Whether a company has authorized an application of UPS, and access tokens that last as long as needed.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: publicUrl.origin }],
  security: [{ apiKey: [] }],
  paths: {
    '/v1/events': { get: events },
    '/v1/tokens/{vaultKey}': { get: status },
    '/v1/tokens/{vaultKey}/access-token': { get: token },
  },
  components: {
    securitySchemes: {
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        description:
          'The key of an API client, which an admin of the company creates on the page API clients.',
      },
    },
    headers: {
      RateLimit: header(
        'By name of the limit, how much is left (r) and after how many seconds it begins anew (t); draft-ietf-httpapi-ratelimit-headers-10.',
      ),
      RateLimitPolicy: header('By name of the limit, so many requests (q) in so many seconds (w).'),
    },
    schemas: openApiSchemas,
  },
})
