import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { playgroundPolicy } from './content-policy.js'
import { securityHeaders } from './security-headers.js'

interface Surroundings {
  publicUrl: URL
  /** What `vite build` has made of apps/playground. */
  root: string
  /** Whether whoever asks may open it. */
  mayOpen: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>
}

/** GraphiQL, from us. Its files hold nothing secret: the page is kept from strangers because it invites to try things. */
export async function playgroundRoute(
  http: FastifyInstance,
  { publicUrl, root, mayOpen }: Surroundings,
): Promise<void> {
  const page = join(root, 'index.html')
  if (!existsSync(page)) {
    http.log.warn('the playground is not built: run npm run build')
    return
  }
  await http.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/playground/assets/',
    wildcard: false,
    index: false,
    decorateReply: false,
    maxAge: '1y',
    immutable: true,
  })

  const headers = { ...securityHeaders(publicUrl, playgroundPolicy), 'cache-control': 'no-cache' }
  for (const url of ['/playground', '/playground/']) {
    http.get(url, async (request, reply) => {
      if (!(await mayOpen(request, reply))) return reply.redirect('/sign-in?returnPath=/playground', 303)
      return reply
        .headers(headers)
        .type('text/html; charset=utf-8')
        .send(await readFile(page))
    })
  }
}
