export const paths = {
  home: '/applications/data-management',
  admin: '/applications/data-management/admin',
}
