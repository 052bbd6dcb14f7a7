import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/webhooks', component: () => import('./WebhooksPage.vue'), meta: { title: 'Webhooks' } },
]
