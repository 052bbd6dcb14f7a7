/** Something the person who started the program can put right; its message is a sentence for them. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}
