import type { Sentences } from '../../../graphql/error-sentences'
import type { Question } from '../../../ui/BaseQuestion.vue'

export const words = {
  lead: (company: string) => `The people who may act for ${company}.`,
  invite: 'Invite a user',
  members: 'Who may act',
  membersEmpty: 'Nobody yet.',
  you: '(you)',
  roles: { VIEWER: 'Viewer', ADMIN: 'Admin' },
  byGroup: (groups: string) => `through ${groups}`,
  alsoByGroup: (groups: string) => `also through ${groups}`,
  byHiddenGroup: 'through a group',
  makeAdmin: (name: string) => `Make ${name} an admin`,
  makeViewer: (name: string) => `Make ${name} a viewer`,
  remove: (name: string) => `Remove ${name}`,
  toAdmin: 'Make admin',
  toViewer: 'Make viewer',
  removeShort: 'Remove',
  leaveShort: 'Leave',
  leave: 'Leave this company',
  changed: (name: string, role: string) => `${name} is now ${role}.`,
  removed: (name: string) => `${name} has been removed.`,
  showMore: 'Show more people',
  viewOnly: 'Only an admin of this company can invite people and change what they may do.',
}

export const removal = (name: string, company: string): Question => ({
  title: 'Remove from the company',
  question: `Shall ${name} no longer act for ${company}?`,
  consequence:
    'It takes effect at once, in every open browser. What this person has authorized stays authorized; what a group gives is changed in the group.',
  confirm: 'Remove',
  cancel: 'Cancel',
})

export const invitations = {
  title: 'Open invitations',
  empty: 'Nobody is invited at present.',
  toAct: (role: string) => `to act as ${role}`,
  toAuthorize: (application: string) => `to authorize ${application}, once`,
  until: 'until',
  accepted: (name: string) => `accepted by ${name}, who has not authorized yet`,
  withdrawShort: 'Withdraw',
  withdraw: (to: string) => `Withdraw the invitation of ${to}`,
  withdrawn: 'The invitation has been withdrawn.',
}

export const inviting = {
  title: 'Invite a user',
  description: 'A letter with a link goes to this mail address. It works once, for seven days.',
  email: 'Mail address',
  emailMissing: 'Enter a mail address.',
  emailWrong: 'This is not a mail address.',
  purpose: 'What for',
  viewer: 'To look: sees the company and its authorizations',
  admin: 'To act as an admin: authorizes, ends, invites',
  authorize: 'To authorize one application with a UPS.com login, and nothing else',
  application: 'Application',
  send: 'Send the invitation',
  cancel: 'Cancel',
  sent: (email: string) => `An invitation is on its way to ${email}.`,
}

export const refusals: Sentences = {
  LAST_ADMIN_STAYS:
    'A company needs an admin of its own, and this is the last one. Make somebody else an admin first.',
  ALREADY_A_MEMBER:
    'Somebody with this mail address acts for the company already. Change the role in the list.',
}
