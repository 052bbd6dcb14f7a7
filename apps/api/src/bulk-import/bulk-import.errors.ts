import { defineErrors } from '../errors.js'

export const bulkImportErrors = defineErrors({
  IMPORT_NOT_YOURS_TO_DO: {
    code: 'FORBIDDEN',
    message: 'Only a solution admin can import companies. Nothing was read.',
  },
  IMPORT_MADE_BEFORE: {
    code: 'CONFLICT',
    message:
      'This very file was imported before, and everything in it would be there twice. Nothing has changed.',
  },
  IMPORT_OF_TOO_MANY_PEOPLE: {
    code: 'BAD_USER_INPUT',
    message: 'An import invites at most 1,000 people. Divide the file. Nothing has changed.',
  },
  IMPORT_OF_PEOPLE_BY_NOBODY: {
    code: 'BAD_USER_INPUT',
    message:
      'An invitation names who invites. Say it with --as and the sign in name of a solution admin, or import the file on the page. Nothing has changed.',
  },
})
