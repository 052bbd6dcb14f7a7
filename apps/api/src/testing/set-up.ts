import 'reflect-metadata'
import { vi } from 'vitest'

type Argon2 = typeof import('@node-rs/argon2')

const counted = globalThis as { countedArgon2?: Argon2 }

// Hashes are made as ever, and can be counted. The files of a worker share their modules, hence these two functions too.
vi.mock('@node-rs/argon2', async (importOriginal) => {
  if (!counted.countedArgon2) {
    const { hash, verify, ...others } = await importOriginal<Argon2>()
    counted.countedArgon2 = { ...others, hash: vi.fn(hash), verify: vi.fn(verify) }
  }
  return counted.countedArgon2
})
