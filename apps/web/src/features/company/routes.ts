import type { RouteRecordRaw } from 'vue-router'
import { words } from './manage-words'

export const routes: RouteRecordRaw[] = [
  {
    path: '/companies',
    component: () => import('./CompaniesPage.vue'),
    meta: { title: words.companies },
  },
  {
    path: '/companies/import',
    component: () => import('./ImportPage.vue'),
    meta: { title: words.importTitle },
  },
  {
    path: '/companies/:id',
    component: () => import('./CompanyPage.vue'),
    props: true,
    meta: { title: words.company },
  },
]
