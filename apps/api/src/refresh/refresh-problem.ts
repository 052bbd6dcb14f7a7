import type { OAuthErrorCode } from '@optin-hub/oauth-client'
import { Field, Int, ObjectType } from 'type-graphql'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import type { ApplicationHealthEntity } from './application-health.entity.js'

/** What a person reads beside an authorization that still stands. Grant failures end it instead. */
type ProblemCode = Exclude<OAuthErrorCode, 'CODE_REFUSED' | 'REFRESH_TOKEN_REFUSED'> | 'TOKENS_UNREADABLE'

const sentences: Record<ProblemCode, string> = {
  TOKENS_UNREADABLE:
    'The hub cannot read the tokens it keeps for this company. The operator has to look into it; nothing was sent to UPS.com.',
  CLIENT_REFUSED:
    'UPS refuses the client id or secret of this application. The operator has to correct it; nothing is lost.',
  CLIENT_BLOCKED: 'UPS has blocked this application. The operator has to speak to UPS; nothing is lost.',
  REQUEST_REFUSED: 'UPS refuses the request itself. The operator has to look into it; nothing is lost.',
  RATE_LIMITED: 'UPS.com asks for fewer requests. The hub waits and tries again by itself.',
  SERVER_UNAVAILABLE: 'UPS.com has a fault at the moment. The hub tries again by itself.',
  GATEWAY_FAILED:
    'UPS.com has a fault at the moment, and it is not known yet whether the renewal counts. The hub tries again by itself.',
  CONNECTION_FAILED: 'UPS.com cannot be reached at the moment. The hub tries again by itself.',
  REDIRECT_REFUSED: 'UPS.com answered in an unexpected way. The hub tries again by itself.',
  ANSWER_UNREADABLE: 'UPS.com answered in an unexpected way. The hub tries again by itself.',
  CONNECTION_LOST:
    'UPS.com did not finish its answer, so it is not known yet whether the renewal counts. The hub tries again by itself.',
  TIMED_OUT:
    'UPS.com did not answer in time, so it is not known yet whether the renewal counts. The hub tries again by itself.',
  TOKEN_ANSWER_INVALID:
    'UPS.com answered in an unexpected way, so it is not known yet whether the renewal counts. The hub tries again by itself.',
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(sentences, code)

const sentenceOf = (code: ProblemCode): string => sentences[code]

@ObjectType('RefreshProblem', {
  description: 'Why the tokens could not be renewed; the authorization still stands.',
})
export class RefreshProblem {
  @Field(() => Date, { description: 'When it began.' })
  since: Date

  @Field(() => Int, { description: 'How often it was tried since then.' })
  attempts: number

  @Field(() => String, { description: 'What kind of problem it is.' })
  code: string

  @Field(() => String, { description: 'The same for people.' })
  message: string

  @Field(() => Date, { description: 'When the hub tries again; null where a person has to act first.' })
  nextAttemptAt: Date
}

type ProblemColumns = Pick<
  AuthorizationEntity,
  'status' | 'problemSince' | 'problemAttempts' | 'problemCode' | 'nextRefreshAt'
>

/** The authorization's own problem, or that of its application; `health` is null where that is of no concern yet. */
export function problemOf(
  authorization: ProblemColumns,
  health: ApplicationHealthEntity | null,
): RefreshProblem | null {
  const { status, problemSince, problemAttempts, problemCode, nextRefreshAt } = authorization
  if (status !== 'AUTHORIZED' || !nextRefreshAt) return null
  if (problemSince)
    return problem(problemCode, {
      since: problemSince,
      attempts: problemAttempts,
      nextAttemptAt: nextRefreshAt,
    })
  if (!health?.failingSince || !health.pausedUntil) return null
  const { failingSince: since, failures: attempts, pausedUntil: nextAttemptAt } = health
  return problem(health.problemCode, { since, attempts, nextAttemptAt })
}

function problem(
  code: string | null,
  facts: Pick<RefreshProblem, 'since' | 'attempts' | 'nextAttemptAt'>,
): RefreshProblem | null {
  return code !== null && isProblemCode(code) ? { ...facts, code, message: sentenceOf(code) } : null
}
