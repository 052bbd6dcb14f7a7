import { Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../context.js'
import type { FigureService } from './figure.service.js'
import { Figures } from './figure.type.js'

@Resolver()
export class FigureResolver {
  constructor(private readonly service: FigureService) {}

  @Query(() => Figures, { description: 'What the plots show, as far as the viewer may see.' })
  figures(@Ctx() context: RequestContext): Promise<Figures> {
    return this.service.figures(context)
  }
}
