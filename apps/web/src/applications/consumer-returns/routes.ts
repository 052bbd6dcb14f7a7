import type { RouteRecordRaw } from 'vue-router'
import { paths } from './paths'

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Consumer Returns' },
  },
  {
    path: paths.admin,
    component: () => import('./CompanyManagerPage.vue'),
    meta: { title: 'Company Manager · Intelligent Consumer Returns', optsIn: 'CONSUMER_RETURNS' },
  },
]
