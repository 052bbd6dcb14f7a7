import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

let complaints: MockInstance[]

/** A warning nobody declared is a failure: what Vue or Apollo complains about is a fault of ours. */
beforeEach(() => {
  complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
})

afterEach(() => {
  for (const spy of complaints) expect(spy.mock.calls).toEqual([])
  vi.restoreAllMocks()
})
