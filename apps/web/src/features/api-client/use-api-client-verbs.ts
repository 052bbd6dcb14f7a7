import { graphql } from '../../graphql/generated/gql'
import type { CreateApiClientInput, GrantApiClientInput } from '../../graphql/generated/graphql'
import { useOneOf, useVerb } from '../../graphql/use-verb'
import type { Reauthentication } from '../session/use-reauthentication'
import { refusals } from './words'

/** For the one company that is looked at. */
export type NewApiClient = Omit<CreateApiClientInput, 'companyIds'>

const createMutation = graphql(`
  mutation CreateApiClient($input: CreateApiClientInput!) {
    createApiClient(input: $input) {
      key
      apiClient {
        id
        name
      }
    }
  }
`)

const rotateMutation = graphql(`
  mutation RotateApiClientKey($input: RotateApiClientKeyInput!) {
    rotateApiClientKey(input: $input) {
      key
      apiClient {
        ...ApiClientFields
      }
    }
  }
`)

const grantMutation = graphql(`
  mutation GrantApiClient($input: GrantApiClientInput!) {
    grantApiClient(input: $input) {
      ...ApiClientFields
    }
  }
`)

const addressesMutation = graphql(`
  mutation SetApiClientAddresses($input: SetApiClientAddressesInput!) {
    setApiClientAddresses(input: $input) {
      ...ApiClientFields
    }
  }
`)

const resumeMutation = graphql(`
  mutation ResumeApiClient($id: ID!) {
    resumeApiClient(id: $id) {
      ...ApiClientFields
    }
  }
`)

const pauseMutation = graphql(`
  mutation PauseApiClient($id: ID!) {
    pauseApiClient(id: $id) {
      ...ApiClientFields
    }
  }
`)

const revokeMutation = graphql(`
  mutation RevokeApiClient($id: ID!) {
    revokeApiClient(id: $id) {
      ...ApiClientFields
    }
  }
`)

const revokeKeyMutation = graphql(`
  mutation RevokeApiClientKey($id: ID!) {
    revokeApiClientKey(id: $id) {
      ...ApiClientFields
    }
  }
`)

const withdrawMutation = graphql(`
  mutation WithdrawApiClientGrant($input: WithdrawApiClientGrantInput!) {
    withdrawApiClientGrant(input: $input)
  }
`)

/** What gives something may ask for the password once more; what takes something away does not. */
export function useApiClientVerbs(freshly: Reauthentication['freshly']) {
  const of = {
    create: useVerb(createMutation, refusals),
    rotate: useVerb(rotateMutation, refusals),
    grant: useVerb(grantMutation, refusals),
    addresses: useVerb(addressesMutation, refusals),
    resume: useVerb(resumeMutation, refusals),
    pause: useVerb(pauseMutation, refusals),
    revoke: useVerb(revokeMutation, refusals),
    revokeKey: useVerb(revokeKeyMutation, refusals),
    withdraw: useVerb(withdrawMutation, refusals),
  }
  const { create, rotate, grant, addresses, resume } = of
  return {
    ...useOneOf(of),
    create: async (input: CreateApiClientInput) =>
      (await freshly(() => create.run({ input }), create.failure))?.createApiClient ?? null,
    rotate: async (input: { apiClientId: string; overlapSeconds: number; keyExpiresAt: string | null }) =>
      (await freshly(() => rotate.run({ input }), rotate.failure))?.rotateApiClientKey ?? null,
    grant: async (input: GrantApiClientInput) =>
      (await freshly(() => grant.run({ input }), grant.failure)) !== null,
    setAddresses: async (apiClientId: string, list: string[]) =>
      (await freshly(() => addresses.run({ input: { apiClientId, addresses: list } }), addresses.failure)) !==
      null,
    resume: async (id: string) => (await freshly(() => resume.run({ id }), resume.failure)) !== null,
    pause: async (id: string) => (await of.pause.run({ id })) !== null,
    revoke: async (id: string) => (await of.revoke.run({ id })) !== null,
    revokeKey: async (id: string) => (await of.revokeKey.run({ id })) !== null,
    withdraw: async (
      input: Pick<GrantApiClientInput, 'apiClientId' | 'companyId'> & {
        application: GrantApiClientInput['applications'][number]
      },
    ) => (await of.withdraw.run({ input })) !== null,
  }
}
