import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import type { AuditEventName, AuditResult } from '../audit/audit-events.js'
import type { AuditFilter } from './audit-filter.js'
import { AuditEventNameEnum, AuditResultEnum } from './audit-trail.type.js'

@InputType({ description: 'What is looked for in the audit trail; whatever is left out does not matter.' })
export class AuditFilterInput implements AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only what concerns this company.' })
  @IsOptional()
  @MaxLength(64)
  companyId?: string | null

  @Field(() => ApplicationIdEnum, { nullable: true, description: 'Only what concerns this application.' })
  @IsOptional()
  application?: ApplicationId | null

  @Field(() => ID, { nullable: true, description: 'Only what this person did: the id of an AuditActor.' })
  @IsOptional()
  @MaxLength(64)
  actorId?: string | null

  @Field(() => [AuditEventNameEnum], { nullable: true, description: 'Only these events.' })
  @IsOptional()
  @ArrayMaxSize(100)
  names?: AuditEventName[] | null

  @Field(() => AuditResultEnum, { nullable: true, description: 'Only what came out like this.' })
  @IsOptional()
  result?: AuditResult | null

  @Field(() => Date, { nullable: true, description: 'From this moment on.' })
  @IsOptional()
  from?: Date | null

  @Field(() => Date, { nullable: true, description: 'Before this moment.' })
  @IsOptional()
  to?: Date | null
}
