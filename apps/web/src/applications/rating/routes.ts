import type { RouteRecordRaw } from 'vue-router'

export const paths = {
  home: '/applications/rating',
  companyManager: '/applications/rating/company-manager',
}

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Rating' },
  },
  {
    path: paths.companyManager,
    component: () => import('./CompanyManagerPage.vue'),
    meta: { title: 'Authorize Customer · Intelligent Rating' },
  },
]
