import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import pluginVue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { base, typeAware, typedRules } from './base.js'

// A warning that fails nothing is read by nobody.
const strictVue = pluginVue.configs['flat/recommended'].map((config) => ({
  ...config,
  rules: Object.fromEntries(
    Object.entries(config.rules ?? {}).map(([name, level]) => [name, level === 'warn' ? 'error' : level]),
  ),
}))

// One project service for both kinds of files: it reloads whenever the list of extensions differs.
const withVue = typeAware(['.vue'])

export default defineConfig(
  base,
  strictVue,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['*.config.{js,ts}', 'codegen.ts', 'e2e/**', 'on-demand/**'],
    languageOptions: { globals: globals.node },
  },
  { files: ['**/*.ts'], languageOptions: withVue },
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { ...withVue.parserOptions, parser: tseslint.parser },
    },
    rules: {
      ...typedRules,
      // TypeScript knows the names, `defineProps` and the DOM's types included.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      // What UPS.com or a company calls itself must never become markup.
      'vue/no-v-html': 'error',
      // The content policy has no 'unsafe-inline': a style attribute in markup is not applied.
      'vue/no-static-inline-styles': 'error',
      // An optional prop without default is undefined, which exactOptionalPropertyTypes already makes explicit.
      'vue/require-default-prop': 'off',
      'max-lines': ['error', { max: 200 }],
    },
  },
  prettier,
)
