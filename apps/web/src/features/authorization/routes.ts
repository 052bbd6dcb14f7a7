import type { RouteRecordRaw } from 'vue-router'
import { stopPages } from './stop-pages'

/** Where the hub sends a browser that came back from UPS.com with nothing to show on a page of an application. */
export const routes: RouteRecordRaw[] = Object.entries(stopPages).map(([reason, { title }]) => ({
  path: `/opt-in/${reason}`,
  component: () => import('./StopPage.vue'),
  props: { reason },
  meta: { title, isPublic: true },
}))
