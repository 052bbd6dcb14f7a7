import type { RouteRecordRaw } from 'vue-router'

export const paths = {
  home: '/applications/consumer-returns',
  admin: '/applications/consumer-returns/admin',
}

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Consumer Returns' },
  },
  {
    path: paths.admin,
    component: () => import('./CompanyManagerPage.vue'),
    meta: { title: 'Company Manager · Intelligent Consumer Returns' },
  },
]
