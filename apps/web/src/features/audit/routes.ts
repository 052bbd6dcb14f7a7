import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/audit-trail', component: () => import('./AuditTrailPage.vue'), meta: { title: 'Audit trail' } },
]
