import type { RouteRecordRaw } from 'vue-router'
import { paths } from './paths'

const titled = (title: string) => `${title} · Intelligent Consumer Returns`

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Consumer Returns' },
  },
  {
    path: paths.admin,
    component: () => import('./CompanyManagerPage.vue'),
    meta: { title: titled('Company Manager'), optsIn: 'CONSUMER_RETURNS' },
  },
  {
    path: paths.guide,
    component: () => import('./ServiceGuidePage.vue'),
    meta: { title: titled('Service guide') },
  },
  {
    path: paths.importOrders,
    component: () => import('./ImportOrdersPage.vue'),
    meta: { title: titled('Import sales orders') },
  },
]
