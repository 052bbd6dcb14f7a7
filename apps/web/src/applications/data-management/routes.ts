import type { RouteRecordRaw } from 'vue-router'
import { paths } from './paths'

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
        meta: { title: 'Token Manager · Intelligent Data Management', optsIn: 'DATA_MANAGEMENT' },
      },
      {
        path: 'exports',
        component: () => import('./exports/ExportsPage.vue'),
        meta: { title: 'Exports · Intelligent Data Management' },
      },
      {
        path: 'users',
        component: () => import('./users/UsersPage.vue'),
        meta: { title: 'Users · Intelligent Data Management' },
      },
      {
        path: 'groups',
        component: () => import('./groups/GroupsPage.vue'),
        meta: { title: 'Groups · Intelligent Data Management' },
      },
    ],
  },
]
