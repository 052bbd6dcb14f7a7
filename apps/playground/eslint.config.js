import react from '@optin-hub/eslint-config/react'

export default react
