import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/applications/reverse-logistics',
    component: () => import('./LandingPage.vue'),
    meta: { title: 'Intelligent Reverse Logistics', optsIn: 'REVERSE_LOGISTICS' },
  },
]
