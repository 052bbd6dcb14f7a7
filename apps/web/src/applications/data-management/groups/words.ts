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
  addMemberShort: 'Add a person',
  addCompanyShort: 'Add a company',
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

export const adding = {
  add: 'Add',
  addTo: (name: string, group: string) => `Add ${name} to ${group}`,
  close: 'Close',
  notAll: (shown: number, all: number) =>
    `Showing ${shown} of ${all.toLocaleString('en')}. Type how the name begins to find others.`,
  people: {
    title: (group: string) => `Add a person to ${group}`,
    lead: 'People who act for a company that you are an admin of. To bring in somebody new, invite them under Users first.',
    search: 'Find a person by the beginning of a name or mail address',
    loading: 'Loading the people…',
    nobody: 'Everybody who acts for your companies is in it already.',
    noneFound: 'Nobody who acts for your companies is called so.',
  },
  companies: {
    title: (group: string) => `Add a company to ${group}`,
    lead: 'Companies that you are an admin of. The people in the group act for it at once.',
    search: 'Find a company by the beginning of its name',
    loading: 'Loading the companies…',
    nobody: 'All companies that you are an admin of are in it already.',
    noneFound: 'No company that you are an admin of is called so.',
  },
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
