import { onBeforeUnmount, onMounted } from 'vue'

/** Calls `tick` at the interval while the page is visible, and at once when it becomes visible again. */
export function usePolling(tick: () => unknown, everyMs: number): void {
  let timer: ReturnType<typeof setInterval> | undefined

  function stop() {
    clearInterval(timer)
    timer = undefined
  }

  function start() {
    timer ??= setInterval(tick, everyMs)
  }

  function onVisibilityChange() {
    if (document.visibilityState === 'hidden') return stop()
    tick()
    start()
  }

  // A page brought back by the Back button is as old as when it was left: the return from UPS.com, abandoned.
  function onPageShow(event: PageTransitionEvent) {
    if (event.persisted) tick()
  }

  onMounted(() => {
    if (document.visibilityState !== 'hidden') start()
    document.addEventListener('visibilitychange', onVisibilityChange)
    window.addEventListener('pageshow', onPageShow)
  })
  onBeforeUnmount(() => {
    stop()
    document.removeEventListener('visibilitychange', onVisibilityChange)
    window.removeEventListener('pageshow', onPageShow)
  })
}
