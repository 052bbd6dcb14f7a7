import { loadDevMessages, loadErrorMessages } from '@apollo/client/dev'
import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

let complaints: MockInstance[]

/** @vue/apollo-composable calls what Apollo Client 4 will not have any more. */
const isOfTheComposable = /^\[ObservableQuery\]: .* is deprecated/

loadDevMessages()
loadErrorMessages()

/** A warning nobody declared is a failure: what Vue or Apollo complains about is a fault of ours. */
beforeEach(() => {
  complaints = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
  for (const spy of complaints) spy.mockImplementation(() => undefined)
})

afterEach(() => {
  const said = complaints
    .flatMap((spy) => spy.mock.calls)
    .filter(([first]) => !isOfTheComposable.test(String(first)))
  vi.restoreAllMocks()
  expect(said).toEqual([])
})
