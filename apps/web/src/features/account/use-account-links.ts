import { graphql } from '../../graphql/generated/gql'
import { useVerb } from '../../graphql/use-verb'
import { refusals } from './words'

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
export const useSignUp = () => useVerb(signUpMutation, refusals)
export const useConfirmSignUp = () => useVerb(confirmSignUpMutation, refusals)
export const useConfirmEmail = () => useVerb(confirmEmailMutation, refusals)
export const useRequestPasswordReset = () => useVerb(requestPasswordResetMutation, refusals)
export const useResetPassword = () => useVerb(resetPasswordMutation, refusals)
export const useSetUp = () => useVerb(setUpMutation, refusals)
