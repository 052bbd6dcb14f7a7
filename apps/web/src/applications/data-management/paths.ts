export const paths = {
  home: '/applications/data-management',
  admin: '/applications/data-management/admin',
  exports: '/applications/data-management/exports',
  users: '/applications/data-management/users',
  groups: '/applications/data-management/groups',
}
