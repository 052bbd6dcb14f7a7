import type { FastifyInstance, FastifyReply } from 'fastify'
import { DomainError } from '../errors.js'
import { indexPage, letterPage, pagePolicy } from './dev-mail-pages.js'
import type { LetterFolder } from './letter-folder.js'
import type { StampedLetter } from './letter.js'

/** Letters are a stranger's words in part: they run in a frame that may do nothing but be looked at. */
const framePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

/** The letter box of the rehearsal. Outside stand-in mode it does not exist. */
export function devMailRoute(http: FastifyInstance, folder: LetterFolder, publicUrl: URL): void {
  const page = (reply: FastifyReply, policy: string, html: string) =>
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html)

  const letterOf = async (id: string): Promise<StampedLetter> => {
    const letter = await folder.find(id)
    if (letter) return letter
    throw new DomainError({
      code: 'NOT_FOUND',
      reason: 'NO_SUCH_ADDRESS',
      message: 'There is nothing at this address.',
    })
  }

  http.get('/dev/mail', async (_request, reply) => page(reply, pagePolicy, indexPage(await folder.list())))
  http.get<{ Params: { id: string } }>('/dev/mail/:id', async ({ params }, reply) =>
    page(reply, pagePolicy, letterPage(await letterOf(params.id), publicUrl)),
  )
  http.get<{ Params: { id: string } }>('/dev/mail/:id/html', async ({ params }, reply) =>
    page(reply, framePolicy, (await letterOf(params.id)).html),
  )
}
