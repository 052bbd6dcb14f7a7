import type { Sentences } from '../../graphql/error-sentences'

export const fields = {
  signInName: 'Sign in name',
  signInNameHint: '3 to 64 letters, digits and . _ - + @',
  displayName: 'Your name',
  displayNameHint: 'As others see it.',
  email: 'Mail address',
  password: 'Password',
  newPassword: 'New password',
  newEmail: 'New mail address',
  newSignInName: 'New sign in name',
  newDisplayName: 'New name',
  passwordHint: 'At least 8 characters. Several words that do not belong together are good.',
  code: 'Set-up code',
  codeHint: 'As the hub printed it at its last start.',
  missing: 'This is needed.',
}

export const signUp = {
  title: 'Sign up',
  lead: 'For people whose companies use the UPS applications. You will get a letter to prove your address.',
  submit: 'Sign up',
  haveAccount: 'You have an account already?',
  signIn: 'Sign in',
  sentTitle: 'Look into your mailbox',
  sent: (email: string) =>
    `A letter is on its way to ${email}. It says how to go on. If it does not come, look among the unwanted ones, or try again in an hour.`,
}

export const confirm = {
  signUp: {
    title: 'Confirm your address',
    lead: 'One press, and you can sign in.',
    submit: 'Confirm my address',
    doneTitle: 'Your account is ready',
    done: 'Your address is confirmed. Sign in with the name and the password that you have chosen.',
    anew: 'Sign up again',
    anewPath: '/sign-up',
  },
  email: {
    title: 'Confirm your new address',
    lead: 'One press, and letters about your account come here.',
    submit: 'Confirm my address',
    doneTitle: 'Your address has been changed',
    done: 'Letters about your account come to the new address from now on.',
    anew: 'Go to your account',
    anewPath: '/account',
  },
  toSignIn: 'Go to sign-in',
  noToken: 'Open this page by the link in the letter that you were sent.',
}

export const forgot = {
  title: 'Forgot your password',
  lead: 'Say the mail address of your account. If there is one, you get a link to choose a new password.',
  submit: 'Send me a link',
  sentTitle: 'Look into your mailbox',
  sent: (email: string) =>
    `If there is an account with the address ${email}, a link is on its way. It works once, for ten minutes. No more than three go out in an hour.`,
  back: 'Back to sign-in',
}

export const reset = {
  title: 'Choose a new password',
  lead: 'Your other sessions end, wherever they are. Then sign in with the new password.',
  submit: 'Set the password',
  doneTitle: 'Your password has been changed',
  done: 'Sign in with the new one.',
  anew: 'Ask for a new link',
}

export const setUp = {
  title: 'Set up the hub',
  lead: 'Make the first solution admin. The code works once; whoever has it can do this, and nobody afterwards.',
  submit: 'Make the solution admin',
  doneTitle: 'The hub is set up',
  done: 'Sign in as the solution admin that you have made.',
}

export const account = {
  title: 'Your account',
  loading: 'Loading your account…',
  profile: 'Who you are',
  name: 'Name',
  changeDisplayName: 'Change your name',
  displayNameChanged: 'Your name has been changed.',
  changeName: 'Change the sign in name',
  nameChanged: 'Your sign in name has been changed.',
  noEmail: 'None yet: without one, a forgotten password cannot be replaced.',
  changeEmail: 'Change the mail address',
  emailSent: (email: string) =>
    `A letter is on its way to ${email}. The address counts once you follow its link.`,
  changePassword: 'Change the password',
  passwordNote: 'All your other sessions end.',
  passwordChanged: 'Your password has been changed, and your other sessions have ended.',
  save: 'Save',
  sessions: 'Where you are signed in',
  current: 'This browser',
  other: 'Another browser',
  signedIn: 'Signed in',
  lastSeen: 'Last used',
  from: 'From',
  unknownPlace: 'not known',
  end: 'End',
  endLabel: (from: string) => `End the session from ${from}`,
  endOthers: 'End all others',
  ended: 'The session has ended.',
  othersEnded: 'All other sessions have ended.',
  more: (count: number) => `${count} more sessions are not shown.`,
}

export const letters = {
  title: 'Letters about authorizations',
  lead: 'As an admin of a company you get a letter:',
  ended: 'when an authorization has ended by itself, so that somebody has to opt in again',
  expiring: '14, 7 and 1 days before one runs out that could not be renewed',
  saved: 'Your choice has been saved.',
}

/** What there is to do, where the code alone does not say it. */
export const refusals: Sentences = {
  PASSWORD_TOO_SHORT: 'This password is too short. Take at least 8 characters.',
  PASSWORD_TOO_COMMON: 'This password is on the lists that attackers try first. Choose another one.',
  PASSWORD_TOO_PERSONAL:
    'This password is little more than your name, your address or the name of the hub. Choose another one.',
  SIGN_IN_NAME_TAKEN: 'Somebody else has this sign in name. Choose another one.',
  MAIL_ADDRESS_TAKEN: 'Another account has this mail address by now.',
  LINK_NOT_VALID: 'This link has been used already, or is too old.',
  SET_UP_REFUSED: 'This is not the code of the last start, or the hub has been set up already.',
  TOO_MANY_REQUESTS: 'Too many requests came from your network. Try again in a quarter of an hour.',
  INPUT_NOT_VALID:
    'Something here is not in the form that is needed. Compare it with the hints and try again.',
}
