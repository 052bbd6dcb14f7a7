import { hash, verify } from '@node-rs/argon2'

/** OWASP's floor for argon2id (S-46). The library hashes on its own threads, off the event loop. */
const argon2id = 2
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), parameters)

export const isPassword = (password: string, passwordHash: string): Promise<boolean> =>
  verify(passwordHash, password.normalize('NFC'))

/** Verified against when nobody has the name, so that the answer takes as long as for somebody (S-60). */
export const nobodysHash = hashPassword('nobody has this password')
