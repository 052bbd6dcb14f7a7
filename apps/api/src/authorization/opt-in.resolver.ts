import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { requireViewer, type RequestContext } from '../context.js'
import { BeginOptInInput } from './authorization.inputs.js'
import { BeginOptIn, OptIn } from './authorization.type.js'
import type { BeginOptInService } from './begin-opt-in.service.js'
import type { OptInOutcomeService } from './opt-in-outcome.service.js'

@Resolver()
export class OptInResolver {
  constructor(
    private readonly optIns: BeginOptInService,
    private readonly outcomes: OptInOutcomeService,
  ) {}

  @Mutation(() => BeginOptIn, {
    description: 'Begins a visit to UPS.com for one company and one application.',
  })
  beginOptIn(
    @Arg('input', () => BeginOptInInput, { description: 'Which authorization, and where to come back to.' })
    input: BeginOptInInput,
    @Ctx() context: RequestContext,
  ): Promise<BeginOptIn> {
    const { companyId, application: applicationId, returnTo, upsProfileNote } = input
    return this.optIns.begin(context, {
      companyId,
      applicationId,
      returnTo,
      upsProfileNote: upsProfileNote ?? null,
    })
  }

  @Query(() => OptIn, { nullable: true, description: 'How a visit to UPS.com ended.' })
  optIn(
    @Arg('id', () => ID, { description: 'What beginOptIn answered.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<OptIn | null> {
    requireViewer(context)
    return this.outcomes.find(context, id)
  }
}
