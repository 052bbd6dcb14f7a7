/** Labels of the guides, to the letter. */
export const verbatim = {
  signInName: 'Sign in name',
  password: 'Password',
  signIn: 'SIGN IN',
}

export const words = {
  title: 'Sign in',
  lead: 'See and manage what your companies allow the UPS applications to do.',
  wrong: 'This sign in name and password do not belong together.',
  nameMissing: 'Enter your sign in name.',
  passwordMissing: 'Enter your password.',
  expired: 'Your session has ended. Sign in to go on where you were.',
}
