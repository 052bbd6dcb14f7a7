import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.spec.ts', '**/testing/**', '**/e2e/**']

const clockOnly = 'Ask the clock that was handed in; only clock.ts reads the time, so that tests can move it.'
const readsTheTime = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: clockOnly },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clockOnly },
  { selector: 'CallExpression[callee.name="Date"]', message: clockOnly },
]

const dishonestTests = [
  {
    selector:
      'CallExpression[callee.object.name="vi"][callee.property.name=/^(do)?[Mm]ock$/][arguments.0.value=/^(\\.|@optin-hub)/]',
    message: 'Do not replace our own modules: hand in another clock, fetch or random source instead.',
  },
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo|fixme)$/]',
    message: 'Every test runs, always. Delete what does not hold any more.',
  },
  {
    selector: 'CallExpression[callee.property.name="waitForTimeout"]',
    message: 'Wait for what a person would see, not for a number of milliseconds.',
  },
]

/** Rules that need types; `.vue` files get them too (vue.js). */
export const typedRules = {
  // A forgotten await on a token store is a lost grant: the worst bug this project can have.
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  // Inside try, a returned promise that is not awaited escapes its own catch and finally.
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  // A new state or error code must be thought through at each place that decides by it.
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // What is thrown without a stack and a code cannot be traced to its request.
  '@typescript-eslint/only-throw-error': 'error',
}

export const plainRules = {
  '@typescript-eslint/no-explicit-any': 'error',
  // Reads the tsconfig: with emitDecoratorMetadata it spares files with decorators, whose imports must stay
  // values for TypeORM and type-graphql to find the class. `import('x').T` in a type is fine.
  '@typescript-eslint/consistent-type-imports': [
    'error',
    { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' },
  ],
  // The rest of a destructuring is the usual way to leave a secret out.
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  // What is printed past the log is neither redacted nor cut.
  'no-console': 'error',
  'no-restricted-properties': [
    'error',
    {
      object: 'process',
      property: 'env',
      message: 'Settings come from config.ts, which checks them all at once and knows which are secret.',
    },
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: 'node:process',
          importNames: ['env'],
          message: 'Settings come from config.ts, which checks them all at once and knows which are secret.',
        },
      ],
    },
  ],
  'no-restricted-syntax': ['error', ...readsTheTime],
  'max-lines': ['error', { max: 300 }],
  // A fourth argument wants a name: pass an object.
  'max-params': ['error', { max: 3 }],
}

export const typeAware = (extraFileExtensions = []) => ({
  parserOptions: { projectService: true, tsconfigRootDir: process.cwd(), extraFileExtensions },
})

export const base = defineConfig(
  globalIgnores(['**/dist/', '**/generated/', '**/.results/', '**/test-results/', '**/playwright-report/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommended,
  { rules: plainRules },
  { files: ['**/*.{ts,tsx}'], languageOptions: typeAware(), rules: typedRules },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': ['error', ...dishonestTests],
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'max-lines': 'off',
    },
  },
  { files: ['**/*.seed.ts', '**/migrations/**'], rules: { 'max-lines': 'off' } },
  { files: ['**/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/config.ts', '*.config.ts', '*.config.js'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    // Commands talk to the person who started them.
    files: ['**/main.ts', '**/main-*.ts', '**/cli/**', '**/emit-*.ts', '**/examples/**', '**/e2e/**'],
    rules: { 'no-console': 'off' },
  },
)
