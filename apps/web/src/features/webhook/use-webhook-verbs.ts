import { graphql } from '../../graphql/generated/gql'
import type { CreateWebhookEndpointInput, UpdateWebhookEndpointInput } from '../../graphql/generated/graphql'
import { useOneOf, useVerb } from '../../graphql/use-verb'
import type { Reauthentication } from '../session/use-reauthentication'
import { refusals } from './words'

const createMutation = graphql(`
  mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) {
      secret
      endpoint {
        id
        host
      }
    }
  }
`)

const updateMutation = graphql(`
  mutation UpdateWebhookEndpoint($input: UpdateWebhookEndpointInput!) {
    updateWebhookEndpoint(input: $input) {
      ...WebhookEndpointFields
    }
  }
`)

const rotateMutation = graphql(`
  mutation RotateWebhookSecret($id: ID!) {
    rotateWebhookSecret(id: $id) {
      secret
      endpoint {
        ...WebhookEndpointFields
      }
    }
  }
`)

const removeMutation = graphql(`
  mutation RemoveWebhookEndpoint($id: ID!) {
    removeWebhookEndpoint(id: $id)
  }
`)

/** Pausing and removing take something away, and are done at once; the rest may ask for the password once more. */
export function useWebhookVerbs(freshly: Reauthentication['freshly']) {
  const of = {
    create: useVerb(createMutation, refusals),
    update: useVerb(updateMutation, refusals),
    rotate: useVerb(rotateMutation, refusals),
    remove: useVerb(removeMutation, refusals),
  }
  const { create, update, rotate, remove } = of
  return {
    ...useOneOf(of),
    create: async (input: CreateWebhookEndpointInput) =>
      (await freshly(() => create.run({ input }), create.failure))?.createWebhookEndpoint ?? null,
    update: async (input: UpdateWebhookEndpointInput) =>
      (await freshly(() => update.run({ input }), update.failure)) !== null,
    rotate: async (id: string) =>
      (await freshly(() => rotate.run({ id }), rotate.failure))?.rotateWebhookSecret ?? null,
    remove: async (id: string) => (await remove.run({ id })) !== null,
  }
}
