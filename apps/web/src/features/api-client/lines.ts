/** One entry a line, as people write lists: empty lines and commas do not count. */
export const linesOf = (text: string): string[] => text.split(/[\s,]+/).filter((line) => line !== '')
