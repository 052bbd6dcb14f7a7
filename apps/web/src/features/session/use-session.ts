import { type InjectionKey, inject, type Ref, ref } from 'vue'
import type { HubClient } from '../../graphql/client'
import { type Failure, toFailure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import type { ViewerFieldsFragment } from '../../graphql/generated/graphql'

export type Viewer = ViewerFieldsFragment
export type SessionState = 'unknown' | 'signed-in' | 'signed-out' | 'unreachable'

graphql(`
  fragment ViewerFields on User {
    id
    signInName
    displayName
    isSolutionAdmin
    memberships {
      role
      company {
        id
      }
    }
  }
`)

const viewerQuery = graphql(`
  query Viewer {
    viewer {
      ...ViewerFields
    }
    upsEnvironment
  }
`)

const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      ...ViewerFields
    }
  }
`)

const signOutMutation = graphql(`
  mutation SignOut {
    signOut
  }
`)

export interface Session {
  state: Ref<SessionState>
  viewer: Ref<Viewer | null>
  /** Whether a program of ours plays UPS.com. */
  isRehearsal: Ref<boolean>
  /** The hub has ended it, not the person: there is a page to come back to. */
  hasExpired: Ref<boolean>
  /** Asks the hub who is signed in, unless that is known. */
  load(): Promise<void>
  /** One's own rights may have changed. */
  refresh(): Promise<void>
  signIn(input: { signInName: string; password: string }): Promise<Failure | null>
  signOut(): Promise<Failure | null>
  /** The hub has said that the session is over. */
  end(): void
}

export const sessionKey: InjectionKey<Session> = Symbol('session')

export function useSession(): Session {
  const session = inject(sessionKey)
  if (!session) throw new Error('The application provides no session')
  return session
}

export function createSession(client: HubClient): Session {
  const state = ref<SessionState>('unknown')
  const viewer = ref<Viewer | null>(null)
  const isRehearsal = ref(false)
  const hasExpired = ref(false)
  let loading: Promise<void> | undefined

  function become(person: Viewer | null) {
    viewer.value = person
    if (person) hasExpired.value = false
    state.value = person ? 'signed-in' : 'signed-out'
  }

  async function ask() {
    try {
      const { data } = await client.query({ query: viewerQuery, fetchPolicy: 'network-only' })
      isRehearsal.value = data.upsEnvironment === 'STAND_IN'
      become(data.viewer ?? null)
    } catch (error) {
      if (toFailure(error).code === 'UNAUTHENTICATED') become(null)
      else state.value = 'unreachable'
    }
  }

  async function load() {
    if (state.value === 'signed-in' || state.value === 'signed-out') return
    loading ??= ask().finally(() => (loading = undefined))
    await loading
  }

  async function signIn(input: { signInName: string; password: string }) {
    try {
      const { data } = await client.mutate({ mutation: signInMutation, variables: { input } })
      become(data?.signIn ?? null)
      return null
    } catch (error) {
      return toFailure(error)
    }
  }

  async function signOut() {
    try {
      await client.mutate({ mutation: signOutMutation })
    } catch (error) {
      const failure = toFailure(error)
      if (failure.code !== 'UNAUTHENTICATED') return failure
    }
    close()
    return null
  }

  function end() {
    if (state.value !== 'signed-in') return
    hasExpired.value = true
    close()
  }

  function close() {
    become(null)
    // Nothing of one person may be shown to the next.
    void client.clearStore()
  }

  return { state, viewer, isRehearsal, hasExpired, load, refresh: ask, signIn, signOut, end }
}
