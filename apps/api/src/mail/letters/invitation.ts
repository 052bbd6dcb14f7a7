import type { LetterContent } from '../letter.js'

/** Names are what people typed: quoted, so that the letter's own words cannot be mistaken for theirs. */
export interface InvitationWords {
  company: string
  invitedBy: string
  token: string
}

const lasts = 'The link below works once, for seven days, and only for the mail address of this letter.'
const notYou = 'If you do not know what this is about, do nothing: nobody gets any right without this link.'

export const inviteToCompany = (words: InvitationWords, role: 'VIEWER' | 'ADMIN'): LetterContent => ({
  subject: 'You are invited to Opt-In Hub',
  paragraphs: [
    `“${words.invitedBy}” invites you to act for the company “${words.company}” at Opt-In Hub, ${
      role === 'ADMIN' ? 'as an admin' : 'as a viewer'
    }.`,
    lasts,
  ],
  link: { label: 'See the invitation', path: `/invitation#${words.token}` },
  closing: [notYou],
})

export const inviteToAuthorize = (words: InvitationWords, application: string): LetterContent => ({
  subject: 'You are asked to authorize an application with UPS.com',
  paragraphs: [
    `“${words.invitedBy}” asks you to authorize ${application} for the company “${words.company}”, with the UPS.com login that you hold for it.`,
    'You will see no more of the company than this takes, and the right ends with one completed authorization.',
    lasts,
  ],
  link: { label: 'See what is asked', path: `/invitation#${words.token}` },
  closing: [notYou],
})
