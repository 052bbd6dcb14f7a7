import { Arg, Query, Resolver } from 'type-graphql'
import { applicationFacts, applications, type ApplicationId } from './applications.js'
import { ApplicationIdEnum, ApplicationType, Question } from './application.type.js'
import { questionsOf } from './questions.js'

@Resolver()
export class ApplicationResolver {
  @Query(() => [ApplicationType], { description: 'The five applications.' })
  applications(): readonly ApplicationType[] {
    return applications
  }

  @Query(() => ApplicationType, { nullable: true })
  application(@Arg('id', () => ApplicationIdEnum) id: ApplicationId): ApplicationType {
    return applicationFacts(id)
  }

  @Query(() => [Question])
  frequentlyAskedQuestions(
    @Arg('application', () => ApplicationIdEnum) application: ApplicationId,
  ): readonly Question[] {
    return questionsOf(application)
  }
}
