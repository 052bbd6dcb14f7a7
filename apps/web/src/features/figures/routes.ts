import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/figures', component: () => import('./FiguresPage.vue'), meta: { title: 'Figures' } },
]
