import { createRouter, createWebHistory, type Router, START_LOCATION } from 'vue-router'
import { applications } from './applications/applications'
import { routes as apiClientRoutes } from './features/api-client/routes'
import { routes as auditRoutes } from './features/audit/routes'
import { routes as accountRoutes } from './features/account/routes'
import { routes as authorizationPageRoutes } from './features/authorization-page/routes'
import { routes as stopRoutes } from './features/authorization/routes'
import { routes as companyRoutes } from './features/company/routes'
import { routes as peopleRoutes } from './features/people/routes'
import { routes as figureRoutes } from './features/figures/routes'
import { routes as overviewRoutes } from './features/overview/routes'
import { routes as webhookRoutes } from './features/webhook/routes'
import { createRouteGuard } from './features/session/route-guard'
import type { Session } from './features/session/use-session'
import SignInPage from './features/session/SignInPage.vue'

export function createHubRouter(session: Session, history = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', component: () => import('./shell/SwitcherPage.vue'), meta: { title: 'Applications' } },
      { path: '/sign-in', component: SignInPage, meta: { title: 'Sign in', isPublic: true } },
      {
        path: '/invitation',
        component: () => import('./features/invitation/InvitationPage.vue'),
        meta: { title: 'Invitation', isPublic: true },
      },
      ...accountRoutes,
      ...applications.flatMap((one) => one.routes),
      ...stopRoutes,
      ...overviewRoutes,
      ...figureRoutes,
      ...authorizationPageRoutes,
      ...companyRoutes,
      ...peopleRoutes,
      ...apiClientRoutes,
      ...webhookRoutes,
      ...auditRoutes,
      {
        // A page of the server's own, which one comes to from the sign-in.
        path: '/playground',
        component: () => import('./shell/NotFoundPage.vue'),
        meta: { title: 'Playground', isPublic: true },
        beforeEnter: (to) => {
          window.location.assign(to.fullPath)
          return false
        },
      },
      {
        path: '/:path(.*)*',
        component: () => import('./shell/NotFoundPage.vue'),
        meta: { title: 'There is no such page' },
      },
    ],
    // A new page begins at its top; a choice within a page stays where it is.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(createRouteGuard(session))
  router.afterEach((to) => {
    document.title = `${to.meta.title} · Opt-In Hub`
  })
  router.onError((_error, to) => {
    // The page's file is gone since the hub was renewed, or the connection is. Once, so that it cannot go round.
    if (router.currentRoute.value !== START_LOCATION) window.location.assign(to.fullPath)
    else session.state.value = 'unreachable'
  })
  return router
}
