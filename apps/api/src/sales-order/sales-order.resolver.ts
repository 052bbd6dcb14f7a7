import { Args, Ctx, Query, Resolver } from 'type-graphql'
import { connectionType, type CountedConnection } from '../connection-type.js'
import type { RequestContext } from '../context.js'
import { SalesOrderEntity } from './sales-order.entity.js'
import { SalesOrdersArgs } from './sales-order.inputs.js'
import type { SalesOrderService } from './sales-order.service.js'

const SalesOrderConnection = connectionType(() => SalesOrderEntity, {
  name: 'SalesOrder',
  description: 'Orders of one company.',
})

@Resolver()
export class SalesOrderResolver {
  constructor(private readonly orders: SalesOrderService) {}

  @Query(() => SalesOrderConnection, {
    description: 'The orders of a company that the viewer sees in Consumer Returns.',
  })
  async salesOrders(
    @Args(() => SalesOrdersArgs) asked: SalesOrdersArgs,
    @Ctx() context: RequestContext,
  ): Promise<CountedConnection<SalesOrderEntity>> {
    const page = { ...asked, search: asked.search ?? null }
    return {
      ...(await this.orders.list(context, page)),
      count: () => this.orders.count(context, page),
    }
  }
}
