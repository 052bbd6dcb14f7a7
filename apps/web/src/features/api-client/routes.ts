import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/api-clients', component: () => import('./ApiClientsPage.vue'), meta: { title: 'API clients' } },
]
