/** What an API client may do with an authorization. One does not imply the other. */
export const apiClientScopes = ['STATUS_READ', 'TOKEN_READ'] as const
export type ApiClientScope = (typeof apiClientScopes)[number]

/** As a grant keeps them. */
export interface Rights {
  mayReadStatus: boolean
  mayReadTokens: boolean
}

export const rightsOf = (scopes: readonly ApiClientScope[]): Rights => ({
  mayReadStatus: scopes.includes('STATUS_READ'),
  mayReadTokens: scopes.includes('TOKEN_READ'),
})

export const allRights: Rights = { mayReadStatus: true, mayReadTokens: true }

export const scopesOf = ({ mayReadStatus, mayReadTokens }: Rights): ApiClientScope[] => [
  ...(mayReadStatus ? (['STATUS_READ'] as const) : []),
  ...(mayReadTokens ? (['TOKEN_READ'] as const) : []),
]

const combine = (of: (right: keyof Rights) => boolean): Rights => ({
  mayReadStatus: of('mayReadStatus'),
  mayReadTokens: of('mayReadTokens'),
})

export const together = (one: Rights | null, other: Rights): Rights =>
  combine((right) => other[right] || one?.[right] === true)
export const common = (one: Rights, other: Rights): Rights => combine((right) => one[right] && other[right])
export const without = (one: Rights, other: Rights): Rights => combine((right) => one[right] && !other[right])
export const isNothing = ({ mayReadStatus, mayReadTokens }: Rights): boolean =>
  !mayReadStatus && !mayReadTokens
