/** Labels of the guides, to the letter. */
export const verbatim = {
  signInName: 'Sign in name',
  password: 'Password',
  signIn: 'SIGN IN',
  forgotten: 'Forgot your password?',
  noAccount: "Don't have an account?",
  signUp: 'Sign up now',
}

export const words = {
  title: 'Sign in',
  lead: 'See and manage what your companies allow the UPS applications to do.',
  wrong: 'This sign in name and password do not belong together.',
  nameMissing: 'Enter your sign in name.',
  passwordMissing: 'Enter your password.',
  expired: 'Your session has ended. Sign in to go on where you were.',
}

export const reauthenticationWords = {
  title: 'Your password, once more',
  why: 'This is asked before anything that would last beyond this session, in case somebody else is at your browser.',
  wrong: 'This is not your password. After several wrong ones there is a pause.',
  confirm: 'Go on',
  cancel: 'Cancel',
}
