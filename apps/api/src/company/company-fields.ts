/** What may be said of a company, wherever it comes from: a page, a program or a file. */
export const longestName = 200

/** What a person may be reached by; a link only as https, since it becomes one on the page (S-139). Empty is none. */
export const contact = /^(https:\/\/[^\s/]\S*|[^\s@:]+@[^\s@:]+|(?=.*\d)\+?[\d\s()./-]{5,})?$/
export const contactMessage = 'must be a mail address, a phone number or a link that begins with https://'

/** What search and order go by, the same on both databases. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
