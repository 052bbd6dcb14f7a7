import { useClock } from '../../ui/clock'

const dayMs = 24 * 3600_000

/** When a key that is made now and works for so many days expires; 0 days: never. */
export function useExpiry() {
  const now = useClock()
  return (days: number): string | null =>
    days === 0 ? null : new Date(now().getTime() + days * dayMs).toISOString()
}
