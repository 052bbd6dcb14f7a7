import type { Asking } from './asking'
import type { Known } from './examples'

export interface Reader extends Known {
  /** Null for nobody. */
  readonly name: string | null
}

interface Answer {
  data?: {
    viewer: { displayName: string } | null
    companies?: { edges: { node: { id: string; authorizations: { vaultKey: string | null }[] } }[] } | null
  } | null
}

/** Two questions, since the second is refused as a whole to who is not signed in. */
const whoAsks = '{ viewer { displayName } }'
const whatTheyHave =
  '{ viewer { displayName } companies(first: 25) { edges { node { id authorizations { vaultKey } } } } }'

/** Who is signed in, and one company of theirs, if possible with tokens: what the examples are filled in with. */
export async function readReader(asking: Pick<Asking, 'askWithSession'>): Promise<Reader> {
  const who = (await asking.askWithSession(whoAsks)) as Answer
  const name = who.data?.viewer?.displayName ?? null
  if (name === null) return { name, companyId: null, vaultKey: null }
  const { data } = (await asking.askWithSession(whatTheyHave)) as Answer
  const companies = (data?.companies?.edges ?? []).map(({ node }) => ({
    companyId: node.id,
    vaultKey: node.authorizations.find((one) => one.vaultKey !== null)?.vaultKey ?? null,
  }))
  const chosen = companies.find(({ vaultKey }) => vaultKey !== null) ?? companies[0]
  return { name, companyId: chosen?.companyId ?? null, vaultKey: chosen?.vaultKey ?? null }
}
