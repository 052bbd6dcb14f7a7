import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import { base } from './base.js'

export default defineConfig(
  base,
  { languageOptions: { globals: globals.browser } },
  { files: ['*.config.{js,ts}', '**/*.test.ts'], languageOptions: { globals: globals.node } },
  prettier,
)
