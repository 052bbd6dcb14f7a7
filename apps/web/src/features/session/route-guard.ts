import type { NavigationGuard } from 'vue-router'
import { safeReturnPath } from './return-path'
import type { Session } from './use-session'

export const signInPath = '/sign-in'

export function createRouteGuard(session: Session): NavigationGuard {
  return async (to) => {
    await session.load()
    // App.vue says so and offers to try again.
    if (session.state.value === 'unreachable') return false
    const isSignedIn = session.state.value === 'signed-in'
    if (to.path === signInPath && isSignedIn) return safeReturnPath(to.query['returnPath'])
    if (!to.meta.isPublic && !isSignedIn) return signInLocation(to.fullPath)
    return true
  }
}

export function signInLocation(from: string) {
  const returnPath = safeReturnPath(from)
  return { path: signInPath, query: returnPath === '/' ? {} : { returnPath } }
}
