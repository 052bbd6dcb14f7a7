import { type Ref, ref } from 'vue'
import type { Failure } from '../../graphql/error-sentences'
import { graphql } from '../../graphql/generated/gql'
import { useVerb } from '../../graphql/use-verb'

const reauthenticateMutation = graphql(`
  mutation Reauthenticate($input: ReauthenticateInput!) {
    reauthenticate(input: $input)
  }
`)

export type Reauthentication = ReturnType<typeof useReauthentication>

/**
 * For acts before which the hub wants the password once more. Put a `ReauthenticationDialog` on the page, and run the act
 * through `freshly`: it is tried, the password is asked for if need be, and it is tried again.
 */
export function useReauthentication() {
  const { run, isBusy, failure } = useVerb(reauthenticateMutation)
  const isOpen = ref(false)
  let settle: ((isDone: boolean) => void) | null = null

  function ask(): Promise<boolean> {
    failure.value = null
    isOpen.value = true
    return new Promise((resolve) => (settle = resolve))
  }

  /** Null where it failed, as `whyNot` then says, or where the person would rather not. */
  async function freshly<T>(act: () => Promise<T | null>, whyNot: Ref<Failure | null>): Promise<T | null> {
    const done = await act()
    if (whyNot.value?.reason !== 'FRESH_AUTHENTICATION_REQUIRED') return done
    whyNot.value = null
    return (await ask()) ? act() : null
  }

  async function answer(password: string) {
    if (await run({ input: { password } })) end(true)
  }

  function end(isDone: boolean) {
    isOpen.value = false
    settle?.(isDone)
    settle = null
  }

  return { freshly, isOpen, isBusy, failure, answer, cancel: () => end(false) }
}
