import { graphql } from '../../graphql/generated/gql'
import { useVerb } from '../../graphql/use-verb'

const signUpMutation = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input)
  }
`)

const confirmSignUpMutation = graphql(`
  mutation ConfirmSignUp($input: LinkTokenInput!) {
    confirmSignUp(input: $input)
  }
`)

const confirmEmailMutation = graphql(`
  mutation ConfirmEmail($input: LinkTokenInput!) {
    confirmEmail(input: $input)
  }
`)

const requestPasswordResetMutation = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input)
  }
`)

const resetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input)
  }
`)

const setUpMutation = graphql(`
  mutation SetUp($input: SetUpInput!) {
    setUp(input: $input)
  }
`)

/** What somebody does who is not signed in: each verb on a page of its own. */
export const useSignUp = () => useVerb(signUpMutation)
export const useConfirmSignUp = () => useVerb(confirmSignUpMutation)
export const useConfirmEmail = () => useVerb(confirmEmailMutation)
export const useRequestPasswordReset = () => useVerb(requestPasswordResetMutation)
export const useResetPassword = () => useVerb(resetPasswordMutation)
export const useSetUp = () => useVerb(setUpMutation)
