// Proves that the boundary rules still bite: a small tree breaks each rule once, beside imports that are
// allowed, and the report must name exactly the former.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const configFile = join(root, '.dependency-cruiser.cjs')
const { forbidden } = createRequire(import.meta.url)(configFile)

const vue = (script) => `<script setup lang="ts">\n${script}\n</script>\n<template><p>hello</p></template>\n`
const workspace = (name) => JSON.stringify({ name, type: 'module', exports: { '.': './dist/front-door.js' } })

const packages = ['typeorm', 'vue', 'reka-ui', 'oauth4webapi', '@apollo/client', '@vue/apollo-composable']
const ours = { api: 'apps', web: 'apps', 'ups-stand-in': 'apps', 'oauth-client': 'packages' }

const tree = {
  'package.json': JSON.stringify({ name: 'tree', type: 'module', workspaces: ['apps/*', 'packages/*'] }),
  'apps/api/package.json': workspace('@optin-hub/api'),
  'apps/api/dist/front-door.js': '',
  'apps/web/package.json': workspace('@optin-hub/web'),
  'apps/ups-stand-in/package.json': workspace('@optin-hub/ups-stand-in'),
  'apps/ups-stand-in/dist/front-door.js': '',
  'apps/ups-stand-in/src/stand-in.ts': 'export const s = 1',
  'packages/oauth-client/package.json': workspace('@optin-hub/oauth-client'),
  'packages/oauth-client/dist/front-door.js': '',
  'packages/oauth-client/src/index.ts': "export * from './client.js'",
  'packages/oauth-client/src/client.ts':
    "import { UseGrant } from 'oauth4webapi'\nimport './bad.js'\nimport 'node:crypto'",
  'packages/oauth-client/src/bad.ts': "import '@optin-hub/api'",
  'packages/oauth-client/src/client.test.ts': "import '@optin-hub/ups-stand-in'\nimport './index.js'",

  // Allowed, from main to the columns.
  'apps/api/src/main.ts': "import './app.js'",
  'apps/api/src/app.ts':
    "import './company/company.resolver.js'\nimport './db/data-source.js'\nimport '@optin-hub/oauth-client'",
  'apps/api/src/clock.ts': 'export type Clock = () => Date',
  'apps/api/src/db/columns.ts': 'export const c = 1',
  'apps/api/src/db/data-source.ts': "import '../company/company.entity.js'",
  'apps/api/src/audit/audit.service.ts':
    "import type { ApplicationId } from '../application/applications.js'\nexport const a = 1",
  'apps/api/src/application/applications.ts': 'export type ApplicationId = string',
  'apps/api/src/company/company.entity.ts': "import '../db/columns.js'",
  'apps/api/src/company/company.service.ts':
    "import './company.entity.js'\nimport '../audit/audit.service.js'\nimport type { Clock } from '../clock.js'",
  'apps/api/src/company/company.resolver.ts': "import './company.service.js'",
  'apps/api/src/company/company.service.test.ts':
    "import '../app.js'\nimport '../testing/builders.js'\nimport '@optin-hub/ups-stand-in'",
  'apps/api/src/testing/builders.ts': "import '../app.js'\nimport 'node:https'",
  'apps/api/src/webhook/guarded-post.ts': "import 'node:https'\nimport 'node:dns/promises'",

  // Forbidden in the api.
  'apps/api/src/http.ts': "import '@optin-hub/web/x'\nimport './main.js'\nimport './testing/builders.js'",
  'apps/api/src/log.ts': "import './company/company.service.js'",
  'apps/api/src/seal.ts': "import '@optin-hub/ups-stand-in'\nimport 'node:https'",
  'apps/api/src/company/guarded-post.ts': "import 'node:dns/promises'",
  'apps/api/src/errors.ts': "import '../../../packages/oauth-client/dist/front-door.js'",
  'apps/api/src/permissions.ts': "import '../../../packages/oauth-client/src/index.js'",
  'apps/api/src/vault/vault.service.ts':
    "import type { App } from '../app.js'\nimport '../company/company.service.js'",
  'apps/api/src/session/session.service.ts': "import '../user/user.resolver.js'",
  'apps/api/src/user/user.resolver.ts': "import './user.service.js'",
  'apps/api/src/user/user.service.ts': "import './user.job.js'\nimport './nowhere.js'",
  'apps/api/src/user/user.job.ts': 'export const j = 1',
  'apps/api/src/user/user.entity.ts': "import './user.service.js'",
  'apps/api/src/user/password.ts': "import 'typeorm'",
  'apps/api/src/audit/index.ts': 'export const i = 1',
  'apps/api/src/audit/audit.resolver.ts': "import './index.js'\nimport '../vault/vault.service.js'",
  'apps/api/src/novelty/novelty.service.ts': "import '../user/user.entity.js'",
  'apps/api/src/refresh/a.ts': "import { b } from './b.js'",
  'apps/api/src/refresh/b.ts': "import type { A } from './a.js'",

  // Allowed in the web application.
  'apps/web/src/applications/applications.ts': "import './rating/routes.js'",
  'apps/web/src/applications/rating/routes.ts': "import LandingPage from './LandingPage.vue'",
  'apps/web/src/applications/rating/LandingPage.vue': vue(
    "import { words } from './words.js'\nimport BaseButton from '../../ui/BaseButton.vue'\nimport '../../features/x/use-x.js'",
  ),
  'apps/web/src/applications/rating/words.ts': 'export const words = {}',
  'apps/web/src/features/x/use-x.ts': "import '@apollo/client/core'\nimport '../../graphql/client.js'",
  'apps/web/src/graphql/client.ts': "import '@apollo/client/core'",
  'apps/web/src/ui/BaseButton.vue': vue(
    "import { computed } from 'vue'\nimport { DialogRoot } from 'reka-ui'",
  ),
  'apps/web/e2e/world.ts': "import '@optin-hub/ups-stand-in'",

  // Forbidden in the web application, most of it inside .vue files.
  'apps/web/src/applications/rating/OtherPage.vue': vue(
    "import type { words } from '../pickup-manager/words.js'",
  ),
  'apps/web/src/applications/pickup-manager/words.ts': 'export const words = {}',
  'apps/web/src/features/x/XBanner.vue': vue("import '../../applications/rating/words.js'"),
  'apps/web/src/features/x/XPage.vue': vue("import type { Query } from '../../graphql/generated/graphql.js'"),
  'apps/web/src/features/x/XList.vue': vue("import { useQuery } from '@vue/apollo-composable'"),
  'apps/web/src/graphql/generated/graphql.ts': 'export type Query = string',
  'apps/web/src/graphql/links.ts': "import '../features/x/use-x.js'",
  'apps/web/src/ui/BaseGrid.vue': vue("import '../features/x/use-x.js'"),
  'apps/web/src/router.ts': "import './applications/rating/routes.js'",
}

const api = 'apps/api/src'
const web = 'apps/web/src'
const expected = [
  `app-imports-app: ${api}/http.ts → @optin-hub/web/x`,
  `cannot-be-resolved: ${api}/http.ts → @optin-hub/web/x`,
  `nothing-imports-main: ${api}/http.ts → ${api}/main.ts`,
  `production-imports-tests: ${api}/http.ts → ${api}/testing/builders.ts`,
  `base-imports-upwards: ${api}/log.ts → ${api}/company/company.service.ts`,
  `stand-in-in-production: ${api}/seal.ts → apps/ups-stand-in/dist/front-door.js`,
  `connections-leave-guarded: ${api}/seal.ts → https`,
  `connections-leave-guarded: ${api}/company/guarded-post.ts → dns/promises`,
  `across-workspaces-by-path: ${api}/errors.ts → packages/oauth-client/dist/front-door.js`,
  `across-workspaces-by-path: ${api}/permissions.ts → packages/oauth-client/src/index.ts`,
  `across-workspaces-into-src: ${api}/permissions.ts → packages/oauth-client/src/index.ts`,
  `slice-imports-assembly: ${api}/vault/vault.service.ts → ${api}/app.ts`,
  `slice-vault: ${api}/vault/vault.service.ts → ${api}/company/company.service.ts`,
  `slice-through-the-back-door: ${api}/session/session.service.ts → ${api}/user/user.resolver.ts`,
  `service-imports-its-callers: ${api}/session/session.service.ts → ${api}/user/user.resolver.ts`,
  `service-imports-its-callers: ${api}/user/user.service.ts → ${api}/user/user.job.ts`,
  `cannot-be-resolved: ${api}/user/user.service.ts → ./nowhere.js`,
  `entity-imports-service: ${api}/user/user.entity.ts → ${api}/user/user.service.ts`,
  `pure-file-with-a-database: ${api}/user/password.ts → node_modules/typeorm/main.js`,
  `no-index-file: ${api}/audit/audit.resolver.ts → ${api}/audit/index.ts`,
  `slice-audit: ${api}/audit/audit.resolver.ts → ${api}/vault/vault.service.ts`,
  `slice-without-a-row: ${api}/novelty/novelty.service.ts → ${api}/user/user.entity.ts`,
  `no-cycle: ${api}/refresh/a.ts → ${api}/refresh/b.ts`,
  'package-imports-app: packages/oauth-client/src/bad.ts → apps/api/dist/front-door.js',
  'packages-stay-alone: packages/oauth-client/src/bad.ts → apps/api/dist/front-door.js',
  `application-imports-application: ${web}/applications/rating/OtherPage.vue → ${web}/applications/pickup-manager/words.ts`,
  `feature-imports-application: ${web}/features/x/XBanner.vue → ${web}/applications/rating/words.ts`,
  `one-list-of-applications: ${web}/features/x/XBanner.vue → ${web}/applications/rating/words.ts`,
  `component-asks-apollo: ${web}/features/x/XPage.vue → ${web}/graphql/generated/graphql.ts`,
  `component-asks-apollo: ${web}/features/x/XList.vue → node_modules/@vue/apollo-composable/main.js`,
  `graphql-imports-feature: ${web}/graphql/links.ts → ${web}/features/x/use-x.ts`,
  `ui-knows-nothing-of-ups: ${web}/ui/BaseGrid.vue → ${web}/features/x/use-x.ts`,
  `one-list-of-applications: ${web}/router.ts → ${web}/applications/rating/routes.ts`,
]

const folder = mkdtempSync(join(tmpdir(), 'boundaries-'))
try {
  plant(folder)
  const faults = [...compare(cruise(folder)), ...rulesWithoutProof(), ...rowsWithoutFolder()]
  if (faults.length > 0) {
    console.error(['The boundary rules do not do what they say:', ...faults].join('\n  '))
    process.exitCode = 1
  } else {
    console.log(`boundaries: ${expected.length} forbidden imports were reported, and nothing else`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function plant(place) {
  const files = { ...tree }
  for (const name of packages) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({
      name,
      exports: { '.': './main.js', './*': './main.js' },
    })
    files[`node_modules/${name}/main.js`] = ''
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  mkdirSync(join(place, 'node_modules/@optin-hub'))
  for (const [name, kind] of Object.entries(ours)) {
    symlinkSync(`../../${kind}/${name}`, join(place, 'node_modules/@optin-hub', name))
  }
}

function cruise(place) {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [command, 'apps', 'packages', '--config', configFile, '--output-type', 'json']
  const run = spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (!run.stdout.startsWith('{'))
    throw new Error(`dependency-cruiser gave no report: ${run.stdout}${run.stderr}`)
  return JSON.parse(run.stdout).summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  )
}

function compare(reported) {
  return [
    ...expected.filter((line) => !reported.includes(line)).map((line) => `not reported  ${line}`),
    ...reported.filter((line) => !expected.includes(line)).map((line) => `not expected  ${line}`),
  ]
}

// The rows of the slice table are made by one function: one of them stands for all.
function rulesWithoutProof() {
  return forbidden
    .filter(({ name }) => !/^slice-(?!imports|through|without)/.test(name))
    .filter(({ name }) => !expected.some((line) => line.startsWith(`${name}: `)))
    .map(({ name }) => `no import in this self-test breaks  ${name}`)
}

function rowsWithoutFolder() {
  return forbidden
    .map(({ name, from }) => ({ name, slice: /^slice-(.+)$/.exec(name)?.[1], path: from.path }))
    .filter(({ slice, path }) => slice && path === `^${api}/${slice}/` && !existsSync(join(root, api, slice)))
    .map(({ slice }) => `the table of slices has a row without a folder  ${slice}`)
}
