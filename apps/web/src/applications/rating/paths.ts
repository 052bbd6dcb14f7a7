export const paths = {
  home: '/applications/rating',
  companyManager: '/applications/rating/company-manager',
}
