import type { RefreshService } from './refresh.service.js'

const batch = 50
const atOnce = 4

/** Refreshes what is due, most urgent first. One damaged or refused authorization never stops the others (S-51). */
export async function sweep(
  refreshes: RefreshService,
  onError: (error: unknown, authorizationId: string) => void,
): Promise<number> {
  const due = await refreshes.due(batch)
  const waiting = [...due]
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await refreshes.refresh(id, 'AHEAD_OF_EXPIRY')
      } catch (error) {
        onError(error, id)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return due.length
}
