import type { RouteRecordRaw } from 'vue-router'
import { paths } from './paths'

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Pickup Manager' },
  },
  {
    path: paths.settings,
    component: () => import('./SettingsPage.vue'),
    meta: { title: 'Settings · Intelligent Pickup Manager', optsIn: 'PICKUP_MANAGER' },
  },
]
