import type { LetterContent } from '../letter.js'

const notYou =
  'If it was not you, choose a new password at once, and tell whoever runs the hub: somebody may know yours.'

export const resetPassword = (signInName: string, token: string): LetterContent => ({
  subject: 'Choose a new password',
  paragraphs: [
    `Somebody, most likely you, has forgotten the password of your account ${signInName} at Opt-In Hub.`,
    'The link below works once, for ten minutes.',
  ],
  link: { label: 'Choose a new password', path: `/reset-password#${token}` },
  closing: ['If it was not you, do nothing: your password stays as it is.'],
})

export const passwordChanged = (signInName: string): LetterContent => ({
  subject: 'Your password has been changed',
  paragraphs: [
    `The password of your account ${signInName} at Opt-In Hub has been changed. All other sessions have ended.`,
  ],
  link: { label: 'Choose a new password', path: '/forgot-password' },
  closing: [notYou],
})

export const signInNameChanged = (former: string, signInName: string): LetterContent => ({
  subject: 'Your sign in name has been changed',
  paragraphs: [`Your sign in name at Opt-In Hub is now ${signInName}. It was ${former}.`],
  link: { label: 'Choose a new password', path: '/forgot-password' },
  closing: [notYou],
})

export const confirmEmail = (signInName: string, token: string): LetterContent => ({
  subject: 'Confirm your new mail address',
  paragraphs: [
    `Somebody, most likely you, wants this to be the mail address of the account ${signInName} at Opt-In Hub.`,
    'Confirm within an hour that it is yours.',
  ],
  link: { label: 'Confirm my address', path: `/confirm-email#${token}` },
  closing: ['If it was not you, do nothing: the account keeps the address it has.'],
})

export const addressHasAccount = (): LetterContent => ({
  subject: 'This mail address has an account already',
  paragraphs: [
    'Somebody wanted to use this mail address for another account at Opt-In Hub. That is not possible, since yours has it.',
  ],
  closing: ['There is nothing that you have to do.'],
})

export const emailChanged = (signInName: string): LetterContent => ({
  subject: 'Your mail address has been changed',
  paragraphs: [
    `Your account ${signInName} at Opt-In Hub has another mail address now. No more letters about it will come here.`,
  ],
  closing: ['If it was not you, tell whoever runs the hub at once: somebody may know your password.'],
})
