import { applicationFacts } from '../application/applications.js'
import type { AuthorizationEntity } from '../authorization/authorization.entity.js'
import { pageFor } from '../authorization/return-to.js'
import type { CompanyEntity } from '../company/company.entity.js'
import type { NoticeLine } from '../mail/letters/notice.js'
import type { TokenSetEntity } from '../vault/token-set.entity.js'
import type { NoticeEntity } from './notice.entity.js'
import { occasionOf } from './notice.service.js'

interface Now {
  authorization: AuthorizationEntity | undefined
  company: CompanyEntity | undefined
  tokens: TokenSetEntity | undefined
}

/** What a letter says of a notice, or null where it has been overtaken: opted in again, opted out, renewed after all. */
export function lineOf(notice: NoticeEntity, { authorization, company, tokens }: Now): NoticeLine | null {
  if (!authorization || authorization.withdrawnAt || !company) return null
  const line = {
    company: company.name,
    application: applicationFacts(authorization.applicationId).name,
    path: pageFor(authorization),
  }
  switch (notice.kind) {
    case 'ENDED': {
      const { status, endedAt, endReason } = authorization
      const isSame = status === 'REAUTHORIZATION_REQUIRED' && occasionOf(authorization) === notice.occasion
      return isSame && endedAt ? { ...line, kind: 'ENDED', at: endedAt, reason: endReason } : null
    }
    case 'EXPIRES_SOON': {
      const end = tokens?.refreshExpiresAt
      const isSame = end && notice.occasion.endsWith(` ${end.getTime()}`)
      return isSame && authorization.status === 'AUTHORIZED'
        ? { ...line, kind: 'EXPIRES_SOON', at: end }
        : null
    }
    case 'RECOVERED':
      return authorization.status === 'AUTHORIZED' ? { ...line, kind: 'RECOVERED' } : null
  }
}
