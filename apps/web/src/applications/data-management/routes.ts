import type { RouteRecordRaw } from 'vue-router'

export const paths = {
  home: '/applications/data-management',
  admin: '/applications/data-management/admin',
}

export const routes: RouteRecordRaw[] = [
  {
    path: paths.home,
    component: () => import('./DataManagementFrame.vue'),
    meta: { title: 'Intelligent Data Management' },
    children: [
      {
        path: '',
        component: () => import('./HomePage.vue'),
        meta: { title: 'Intelligent Data Management' },
      },
      {
        path: 'admin',
        component: () => import('./TokenManagerPage.vue'),
        meta: { title: 'Token Manager · Intelligent Data Management' },
      },
    ],
  },
]
