import type { RouteRecordRaw } from 'vue-router'

const open = (title: string) => ({ title, isPublic: true })

/** Where letters lead is written in `apps/api/src/mail/letters`; what is secret stands behind the # there. */
export const routes: RouteRecordRaw[] = [
  { path: '/sign-up', component: () => import('./SignUpPage.vue'), meta: open('Sign up') },
  {
    path: '/confirm-sign-up',
    component: () => import('./ConfirmPage.vue'),
    props: { what: 'signUp' },
    meta: open('Confirm your address'),
  },
  {
    path: '/confirm-email',
    component: () => import('./ConfirmPage.vue'),
    props: { what: 'email' },
    meta: open('Confirm your new address'),
  },
  {
    path: '/forgot-password',
    component: () => import('./ForgotPasswordPage.vue'),
    meta: open('Forgot your password'),
  },
  {
    path: '/reset-password',
    component: () => import('./ResetPasswordPage.vue'),
    meta: open('Choose a new password'),
  },
  { path: '/set-up', component: () => import('./SetUpPage.vue'), meta: open('Set up the hub') },
  { path: '/account', component: () => import('./AccountPage.vue'), meta: { title: 'Your account' } },
]
