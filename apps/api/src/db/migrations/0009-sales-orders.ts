import type { MigrationInterface, QueryRunner } from 'typeorm'
import { id, integer, key, optional, table, text, time } from './table-outline.js'

const salesOrders = (kind: string) =>
  table('sales_orders', {
    columns: [
      id(),
      text('companyId'),
      text('orderNumber'),
      key('orderNumberKey', kind),
      optional(text('email')),
      key('emailKey', kind),
      optional(text('contactName')),
      optional(text('companyName')),
      optional(text('country')),
      time('orderedAt'),
      time('addedAt'),
      optional(text('trackingNumber')),
      key('trackingNumberKey', kind),
      optional(text('sku')),
      key('skuKey', kind),
      optional(text('description')),
      integer('orderQuantity'),
      integer('quantityReturned'),
    ],
    // An article of an order, its prefix search and its order are one index.
    unique: [['companyId', 'orderNumberKey', 'skuKey']],
    indices: [
      ['companyId', 'emailKey', 'id'],
      ['companyId', 'trackingNumberKey', 'id'],
      ['companyId', 'skuKey', 'id'],
      ['companyId', 'orderedAt', 'id'],
      ['companyId', 'addedAt', 'id'],
    ],
    references: { companyId: 'companies' },
  })

export class SalesOrders1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(salesOrders(runner.connection.options.type))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(salesOrders(runner.connection.options.type).name)
  }
}
