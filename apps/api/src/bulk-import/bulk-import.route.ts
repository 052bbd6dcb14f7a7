import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireFreshAuthentication, requireViewer, type RequestContext } from '../context.js'
import { fileImportRoutes } from '../csv-file/file-import.js'
import type { BulkImportService } from './bulk-import.service.js'

interface Surroundings {
  imports: BulkImportService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  refuseForgery: (request: FastifyRequest) => void
}

/** Companies from a file. */
export function bulkImportRoutes(http: FastifyInstance, { imports, ...on }: Surroundings): void {
  fileImportRoutes(http, {
    ...on,
    path: '/imports',
    admit: (context) => ({ context, actor: imports.requireImporter(context) }),
    run({ context, actor }, asked) {
      // Inviting gives roles, for which the password is wanted afresh (S-66); a rehearsal invites nobody.
      const inviter = () => (asked.isDryRun ? requireViewer : requireFreshAuthentication)(context).userId
      return imports.run(actor, { ...asked, inviter })
    },
  })
}
