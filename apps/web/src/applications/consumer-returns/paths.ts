export const paths = {
  home: '/applications/consumer-returns',
  admin: '/applications/consumer-returns/admin',
}
