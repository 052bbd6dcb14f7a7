/** What search and order go by, the same on both databases. */
export const searchKey = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
