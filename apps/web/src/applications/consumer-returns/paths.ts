export const paths = {
  home: '/applications/consumer-returns',
  admin: '/applications/consumer-returns/admin',
  guide: '/applications/consumer-returns/service-guide',
  importOrders: '/applications/consumer-returns/import',
}
