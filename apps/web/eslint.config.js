import vue from '@optin-hub/eslint-config/vue'

export default vue
