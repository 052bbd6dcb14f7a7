import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../context.js'
import { fileImportRoutes } from '../csv-file/file-import.js'
import type { OrderImportService } from './order-import.service.js'

interface Surroundings {
  orderImports: OrderImportService
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  refuseForgery: (request: FastifyRequest) => void
}

/** Orders from a file. */
export function orderImportRoutes(http: FastifyInstance, { orderImports, ...on }: Surroundings): void {
  fileImportRoutes(http, {
    ...on,
    path: '/imports/sales-orders/:companyId',
    admit: (context, { companyId = '' }) => orderImports.requireImporter(context, companyId),
    run: (importer, asked) => orderImports.run(importer, asked),
  })
}
