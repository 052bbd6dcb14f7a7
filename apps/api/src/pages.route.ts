import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { DomainError } from './errors.js'
import { isPageRequest } from './http.js'

/** Paths of the server's own; under them an unknown address is an error, never a page (S-123). */
const notPages =
  /^\/(graphql|oauth|v1|exports|assets|csp-reports|healthz|readyz|metrics|dev|playground)(\/|$)/i

/** Words without dots, escapes or empty parts: no other spelling of a path is a page's. */
const pageAddress = /^\/([\w-]+(\/[\w-]+)*\/?)?$/

export const isOwnPath = (path: string): boolean => notPages.test(path)

const yearS = 31_536_000

/** The browser application: hashed assets for ever, and its one page for every address that may be a page. */
export async function pagesRoute(http: FastifyInstance, root: string): Promise<void> {
  const isBuilt = existsSync(join(root, 'index.html'))
  if (isBuilt) {
    await http.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(root, 'assets'))
        reply.header('cache-control', isHashed ? `public, max-age=${yearS}, immutable` : 'no-cache')
      },
    })
  } else {
    http.log.warn('the web application is not built: run npm run build')
  }

  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const mayBePage = isPageRequest(request) && pageAddress.test(path) && !isOwnPath(path)
    if (mayBePage && isBuilt) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    throw new DomainError({
      code: 'NOT_FOUND',
      reason: 'NO_SUCH_ADDRESS',
      message: 'There is nothing at this address.',
    })
  })
}
