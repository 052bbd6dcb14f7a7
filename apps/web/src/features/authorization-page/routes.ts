import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/authorizations/:companyId/:application',
    component: () => import('./AuthorizationPage.vue'),
    meta: { title: 'Authorization' },
    props: true,
  },
]
