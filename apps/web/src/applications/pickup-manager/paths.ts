export const paths = {
  home: '/applications/pickup-manager',
  settings: '/applications/pickup-manager/settings',
}
