import { Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import { AlarmEntity } from './alarm.entity.js'
import type { AlarmService } from './alarm.service.js'

@Resolver()
export class AlarmResolver {
  constructor(private readonly service: AlarmService) {}

  @Query(() => [AlarmEntity], {
    description: 'What is wrong at present that only an operator can put right. For solution admins.',
  })
  alarms(@Ctx() context: RequestContext): Promise<AlarmEntity[]> {
    return this.service.open(context)
  }
}
