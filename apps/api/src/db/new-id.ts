import { v7 } from 'uuid'

/** A fresh UUIDv7: sortable by time within a process, never guessed at for order (S-157). */
export const newId = (at: Date): string => v7({ msecs: at.getTime() })
