import type { LetterContent } from '../letter.js'

export const confirmSignUp = (signInName: string, token: string): LetterContent => ({
  subject: 'Confirm your mail address',
  paragraphs: [
    `Somebody, most likely you, wants to use Opt-In Hub with this mail address and the sign in name ${signInName}.`,
    'Confirm within 24 hours that the address is yours. Then you can sign in.',
  ],
  link: { label: 'Confirm my address', path: `/confirm-sign-up#${token}` },
  closing: ['If it was not you, do nothing: there will be no account.'],
})

export const haveAccountAlready = (signInName: string): LetterContent => ({
  subject: 'You have an account already',
  paragraphs: [
    'Somebody, most likely you, wanted to sign up for Opt-In Hub with this mail address.',
    `You have an account already. Your sign in name is ${signInName}.`,
    'If you do not remember your password, you can choose a new one.',
  ],
  link: { label: 'Choose a new password', path: '/forgot-password' },
  closing: ['If it was not you, do nothing: your account is as it was.'],
})

export const nameIsTaken = (signInName: string): LetterContent => ({
  subject: 'Choose another sign in name',
  paragraphs: [
    'Somebody, most likely you, wanted to sign up for Opt-In Hub with this mail address.',
    `The sign in name ${signInName} belongs to somebody else. Sign up again with another one.`,
  ],
  link: { label: 'Sign up again', path: '/sign-up' },
  closing: ['If it was not you, do nothing: there will be no account.'],
})
