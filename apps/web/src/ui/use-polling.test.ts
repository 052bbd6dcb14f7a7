import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { usePolling } from './use-polling'

function poll() {
  const tick = vi.fn()
  const component = defineComponent({
    setup() {
      usePolling(tick, 15_000)
      return () => null
    },
  })
  return { tick, page: mount(component) }
}

function become(visibility: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('polling', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks at the interval', () => {
    const { tick, page } = poll()
    vi.advanceTimersByTime(45_000)
    expect(tick).toHaveBeenCalledTimes(3)
    page.unmount()
  })

  it('rests while the page is hidden, and asks at once when it is seen again', () => {
    const { tick, page } = poll()
    become('hidden')
    vi.advanceTimersByTime(600_000)
    expect(tick).toHaveBeenCalledTimes(0)
    become('visible')
    expect(tick).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(15_000)
    expect(tick).toHaveBeenCalledTimes(2)
    page.unmount()
  })

  it('asks at once when the Back button has brought the page back', () => {
    const { tick, page } = poll()
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    expect(tick).toHaveBeenCalledTimes(1)
    page.unmount()
  })

  it('ends with its component', () => {
    const { tick, page } = poll()
    page.unmount()
    become('visible')
    vi.advanceTimersByTime(60_000)
    expect(tick).not.toHaveBeenCalled()
  })
})
