import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { ApplicationIdEnum } from '../application/application.type.js'
import type { ApplicationId } from '../application/applications.js'
import { auditEventNames, auditEvents, type AuditEventName, type AuditResult } from '../audit/audit-events.js'
import { PageInfo, type Edge } from '../connection.js'
import type { AuditSearch } from './audit-filter.js'

const enumNameOf = (name: AuditEventName): string => name.replace('.', '_').toUpperCase()

export const AuditEventNameEnum = Object.fromEntries(auditEventNames.map((name) => [enumNameOf(name), name]))

registerEnumType(AuditEventNameEnum, {
  name: 'AuditEventName',
  description: 'What can happen.',
  valuesConfig: Object.fromEntries(
    auditEventNames.map((name) => [enumNameOf(name), { description: auditEvents[name].says }]),
  ),
})

export const AuditResultEnum = { DONE: 'DONE', REFUSED: 'REFUSED', FAILED: 'FAILED' } as const

registerEnumType(AuditResultEnum, {
  name: 'AuditResult',
  description: 'What came of it.',
  valuesConfig: {
    DONE: { description: 'It was done.' },
    REFUSED: { description: 'It was refused to who wanted it.' },
    FAILED: { description: 'It was tried without success.' },
  },
})

@ObjectType('AuditActor', { description: 'A person in the audit trail, by a pseudonym of their own.' })
export class AuditActorType {
  @Field(() => ID, { description: 'The pseudonym. It is no id of a user.' })
  id: string

  @Field(() => String, { nullable: true, description: 'The name of today; null once the person was erased.' })
  displayName: string | null
}

@ObjectType('AuditSubject', {
  description: 'What a record of the audit trail names: an id, and the name of today.',
})
export class AuditSubjectType {
  @Field(() => ID, { description: 'The id under which it is, or was, known.' })
  id: string

  @Field(() => String, { description: 'Its name.' })
  name: string
}

@ObjectType('AuditDetail', { description: 'A particular of a record: an id, code, count or time.' })
export class AuditDetailType {
  @Field(() => String, { description: 'Which particular.' })
  name: string

  @Field(() => String, { description: 'Its value, as text.' })
  value: string
}

@ObjectType('AuditEvent', { description: 'A record of the audit trail: who did what, when, from where.' })
export class AuditEventType {
  @Field(() => ID, { description: 'The id of the record.' })
  id: string

  @Field(() => Date, { description: 'When.' })
  at: Date

  @Field(() => AuditEventNameEnum, { description: 'What.' })
  name: AuditEventName

  @Field(() => AuditResultEnum, { description: 'What came of it.' })
  result: AuditResult

  @Field(() => AuditActorType, {
    nullable: true,
    description: 'Who; null where the hub itself acted, or an API client, or nobody known.',
  })
  actor: AuditActorType | null

  @Field(() => AuditSubjectType, { nullable: true, description: 'The API client that asked for it.' })
  apiClient: AuditSubjectType | null

  @Field(() => AuditSubjectType, { nullable: true, description: 'The company that it concerns.' })
  company: AuditSubjectType | null

  @Field(() => ApplicationIdEnum, { nullable: true, description: 'The application that it concerns.' })
  application: ApplicationId | null

  @Field(() => String, { nullable: true, description: 'The network address; null once it was forgotten.' })
  address: string | null

  @Field(() => String, { nullable: true, description: 'The request, as the log names it.' })
  requestId: string | null

  @Field(() => [AuditDetailType], { description: 'Particulars.' })
  details: AuditDetailType[]
}

@ObjectType('AuditEventEdge', { description: 'A record with its place in the list.' })
export class AuditEventEdge {
  @Field(() => String, { description: 'Where the next page goes on.' })
  cursor: string

  @Field(() => AuditEventType, { description: 'The record.' })
  node: AuditEventType
}

@ObjectType('AuditEventConnection', { description: 'Records of the audit trail, newest first.' })
export class AuditEventConnection {
  @Field(() => [AuditEventEdge], { description: 'The records of this page.' })
  edges: Edge<AuditEventType>[]

  @Field(() => PageInfo, { description: 'Whether there are more.' })
  pageInfo: PageInfo

  /** What was searched for, so that the count is computed only when it is asked for. */
  search: AuditSearch
}
