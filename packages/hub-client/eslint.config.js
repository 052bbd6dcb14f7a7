import node from '@optin-hub/eslint-config/node'

export default node
