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

  @Query(() => ApplicationType, { nullable: true, description: 'One of the five applications.' })
  application(
    @Arg('id', () => ApplicationIdEnum, { description: 'Which one.' }) id: ApplicationId,
  ): ApplicationType {
    return applicationFacts(id)
  }

  @Query(() => [Question], { description: 'What people ask about authorizing an application, with answers.' })
  frequentlyAskedQuestions(
    @Arg('application', () => ApplicationIdEnum, { description: 'About which one.' })
    application: ApplicationId,
  ): readonly Question[] {
    return questionsOf(application)
  }
}
