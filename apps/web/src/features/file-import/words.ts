const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const tooLarge = 'This file is larger than 20 MiB. Divide it.'

export const words = {
  columns: 'Columns',
  file: 'CSV file',
  fileHint: 'At most 20 MiB and 100,000 lines.',
  tooLarge,
  check: 'Check the file',
  importNow: 'Import',
  reading: 'Reading the file',
  share: (percent: number) => `${percent} %`,
  inOrder: 'The file is in order',
  imported: 'The import is done',
  faults: (count: number) => `${counted(count, 'thing is', 'things are')} wrong with the file`,
  faultsLead: 'Nothing was imported. Mend the file, choose it again, and check it once more.',
  faultsMore: (count: number) => `And ${count.toLocaleString('en')} more.`,
  line: 'Line',
  column: 'Column',
  message: 'What is wrong',
  wholeLine: 'the whole line',
}

/** By the hub's own reasons, where its code alone says too little. */
export const refusals: Record<string, string> = {
  IMPORT_MADE_BEFORE:
    'This very file was imported before, and everything in it would be there twice. Nothing has changed.',
  IMPORT_OF_TOO_MANY_PEOPLE: 'An import invites at most 1,000 people. Divide the file. Nothing has changed.',
  IMPORT_UNDER_WAY: 'Another import is under way. Nothing was read; try again when it is done.',
  BODY_TOO_LARGE: tooLarge,
}
