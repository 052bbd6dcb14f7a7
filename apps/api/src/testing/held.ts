import type { AtFaultPoint, FaultPoint } from '../refresh/fault-points.js'

/** Stops whoever comes to this point until `go` is called. */
export function held(where: FaultPoint): { at: AtFaultPoint; arrived: Promise<void>; go: () => void } {
  let arrive = () => undefined as void
  let go = () => undefined as void
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const released = new Promise<void>((resolve) => (go = resolve))
  return {
    arrived,
    go: () => go(),
    at: async (point) => {
      if (point !== where) return
      arrive()
      await released
    },
  }
}
