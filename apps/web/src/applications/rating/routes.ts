import type { RouteRecordRaw } from 'vue-router'
import { paths } from './paths'

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Rating' },
  },
  {
    path: paths.companyManager,
    component: () => import('./CompanyManagerPage.vue'),
    meta: { title: 'Authorize Customer · Intelligent Rating', optsIn: 'RATING' },
  },
]
