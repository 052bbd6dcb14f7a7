/** What a letter says; `compose-letter.ts` makes text and HTML of it, so that both say the same. */
export interface LetterContent {
  subject: string
  paragraphs: readonly string[]
  lists?: readonly LetterList[]
  /** The one thing to press. Its secret belongs behind the `#`, which no server and no log ever sees. */
  link?: { label: string; path: `/${string}` }
  /** After the link: what to do if it was not you. */
  closing?: readonly string[]
}

/** Several things of one kind, each with the page where it is looked after. */
export interface LetterList {
  lead: string
  items: readonly { text: string; path: `/${string}` }[]
}

/** A letter as it leaves the house. */
export interface Letter {
  to: string
  subject: string
  text: string
  html: string
}

export interface StampedLetter extends Letter {
  id: string
  at: Date
}
