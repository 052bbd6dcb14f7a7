import type { RouteRecordRaw } from 'vue-router'

// Titles are said here as well: the words of these pages are loaded with them, not with sign-in.
export const routes: RouteRecordRaw[] = [
  {
    path: '/companies',
    component: () => import('./CompaniesPage.vue'),
    meta: { title: 'Companies' },
  },
  {
    path: '/companies/import',
    component: () => import('./ImportPage.vue'),
    meta: { title: 'Import companies' },
  },
  {
    path: '/companies/:id',
    component: () => import('./CompanyPage.vue'),
    props: true,
    meta: { title: 'Company' },
  },
]
