import { Arg, Query, Resolver } from 'type-graphql'
import { applicationFacts, applications, type ApplicationId } from './applications.js'
import { ApplicationIdEnum, ApplicationType, Question, UpsEnvironmentEnum } from './application.type.js'
import { questionsOf } from './questions.js'

type Environment = (typeof UpsEnvironmentEnum)[keyof typeof UpsEnvironmentEnum]

@Resolver()
export class ApplicationResolver {
  constructor(private readonly environment: Environment) {}

  @Query(() => UpsEnvironmentEnum, {
    description: 'Whom the hub takes for UPS.com, so that every page can say so.',
  })
  upsEnvironment(): Environment {
    return this.environment
  }

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
