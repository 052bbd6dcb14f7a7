import node from '@optin-hub/eslint-config/node'

/** The harness and the benchmark are programs for a person to read, on the clock that the person has. */
const outside = {
  files: ['torture/**', 'bench/**'],
  rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
}

export default [...node, outside]
