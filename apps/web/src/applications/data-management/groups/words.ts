import type { Question } from '../../../ui/BaseQuestion.vue'

export const words = {
  lead: 'A group gives the people in it one role in all its companies. Leaving it, emptying it or deleting it takes back what it gave, and nothing else.',
  create: 'New group',
  loading: 'Loading the groups…',
  none: 'There is no group that concerns you yet.',
  showMore: 'Show more groups',
  roles: { VIEWER: 'Viewer', ADMIN: 'Admin' },
  roleOf: (role: string) => `Role in its companies: ${role}`,
  readOnly: 'Only an admin of all its companies can change this group.',
  members: 'People',
  noMembers: 'Nobody is in it yet.',
  companies: 'Companies',
  noCompanies: 'It has no company that you may see.',
  addMember: (group: string) => `Add a person to ${group}`,
  addCompany: (group: string) => `Add a company to ${group}`,
  choosePerson: 'Choose a person',
  chooseCompany: 'Choose a company',
  add: 'Add',
  takeOut: 'Take out',
  takeOutOf: (name: string, group: string) => `Take ${name} out of ${group}`,
  leaveShort: 'Leave',
  leave: (group: string) => `Leave ${group}`,
  edit: 'Change',
  editOf: (group: string) => `Change ${group}`,
  remove: 'Delete',
  removeOf: (group: string) => `Delete ${group}`,
  changed: (group: string) => `${group} has been changed.`,
  deleted: (group: string) => `${group} has been deleted.`,
}

export const editing = {
  createTitle: 'New group',
  changeTitle: 'Change the group',
  name: 'Name',
  nameMissing: 'Enter a name.',
  role: 'Role in its companies',
  viewer: 'Viewer: sees its companies and their authorizations',
  admin: 'Admin: authorizes and ends, invites people, changes roles',
  create: 'Create',
  save: 'Save',
  cancel: 'Cancel',
}

export const deletion = (group: string): Question => ({
  title: 'Delete the group',
  question: `Delete ${group}?`,
  consequence: 'What it gave its people ends at once. What they may do otherwise stays.',
  confirm: 'Delete',
  cancel: 'Cancel',
})
