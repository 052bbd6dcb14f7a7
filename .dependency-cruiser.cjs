// Who may know whom. Each rule says its reason when it is broken; .ci/boundaries.selftest.mjs breaks each once.

// api: which slice may ask which. A folder that is missing here may ask nobody; add it, and its reason, first.
// Every slice may write audit events.
const slices = {
  alarm: ['application', 'mail', 'user'],
  account: ['mail', 'session', 'user'],
  'api-client': ['application', 'company', 'user'],
  application: [],
  audit: [],
  'audit-trail': ['api-client', 'company', 'user'],
  authorization: ['application', 'change', 'company', 'event', 'user', 'vault'],
  'bulk-import': ['application', 'authorization', 'company', 'csv-file'],
  change: [],
  company: [],
  // What has happened to authorizations, for machines; who is told of it is decided above.
  event: [],
  // A file that people bring, whatever is in it.
  'csv-file': [],
  figure: ['authorization', 'vault'],
  group: ['company', 'user'],
  erasure: [
    'account',
    'authorization',
    'company',
    'group',
    'invitation',
    'mail',
    'notice',
    'sales-order',
    'session',
    'user',
  ],
  export: ['audit-trail', 'authorization', 'company', 'notice', 'session', 'user', 'vault'],
  health: [],
  invitation: ['account', 'application', 'authorization', 'company', 'mail', 'session', 'user'],
  'license-key': ['company', 'user'],
  mail: [],
  notice: ['application', 'authorization', 'company', 'group', 'mail', 'user', 'vault'],
  overview: ['application', 'authorization', 'company', 'vault'],
  metrics: ['alarm', 'application', 'authorization', 'mail', 'refresh', 'session', 'webhook'],
  refresh: ['application', 'authorization', 'change', 'event', 'vault'],
  'sales-order': ['company', 'csv-file'],
  session: ['user'],
  'token-api': ['api-client', 'authorization', 'event', 'refresh', 'vault'],
  user: ['company'],
  'user-directory': ['company', 'group', 'session', 'user'],
  vault: ['application'],
  webhook: ['api-client', 'application', 'authorization', 'company', 'event', 'mail', 'notice', 'user'],
}

const api = '^apps/api/src/'
const web = '^apps/web/src/'
const anyOf = (names) => `(${names.join('|')})`

const tests = '\\.test\\.ts$|/testing/|^apps/web/(e2e|on-demand)/|^apps/api/(torture|bench)/'
// What puts the house together, and may therefore know every part of it.
const assemblyFiles = [
  'main',
  'run-hub',
  'app',
  'app-[a-z-]+',
  'sealed-app',
  'cli',
  'schema',
  'emit-schema',
  'http',
  'request-context',
  '(graphql/)?[a-z-]+\\.route',
  '[a-z-]+\\.seed',
  'stand-in-[a-z-]+',
  'db/data-source',
]
const assembly = `${api}${anyOf(assemblyFiles)}\\.ts$`
// The list of the five applications is vocabulary, in code and in GraphQL: names and slugs, no behaviour.
const vocabulary = `${api}application/application(s|\\.type)\\.ts$`
const underTheSlices = `${api}([^/]+|(db|graphql)/.+)\\.ts$`
const aSlice = `${api}(?!db/|graphql/|testing/|cli/)[^/]+/`
// Files without a role that decide or compute, and must be testable without a database.
const pure = `${api}[^/]+/${anyOf(['[a-z-]+-(state|policy|outcome)', 'api-key', 'applications', 'audit-events', 'csv', 'csv-(header|line)', 'effective-roles', 'file-faults', 'group-standing', 'import-(columns|line|plan)', 'minimum-seconds', 'order-(columns|file|line|sort)', 'password', 'questions', 'read-csv', 'return-to', 'scopes'])}\\.ts$`

const sliceRules = Object.entries(slices).map(([slice, others]) => ({
  name: `slice-${slice}`,
  severity: 'error',
  comment: 'Add the field or rule in the slice that knows more (see authorization/company.resolver.ts).',
  from: { path: `${api}${slice}/`, pathNot: tests },
  to: { path: aSlice, pathNot: [`${api}${anyOf([slice, 'audit', ...others])}/`, vocabulary] },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'app-imports-app',
      severity: 'error',
      comment: 'An app never imports an app. What two of them need is a package.',
      from: { path: '^apps/([^/]+)/' },
      to: {
        path: '^apps/|^@optin-hub/(api|web|playground)(/|$)',
        pathNot: ['^apps/$1/', '^apps/ups-stand-in/'],
      },
    },
    {
      name: 'stand-in-in-production',
      severity: 'error',
      comment: 'The stand-in is for rehearsal; production code must not know it.',
      from: { path: '^(apps|packages)/', pathNot: [tests, '^apps/ups-stand-in/', '/examples/'] },
      to: { path: '^apps/ups-stand-in/|^@optin-hub/ups-stand-in(/|$)' },
    },
    {
      name: 'package-imports-app',
      severity: 'error',
      comment: 'A package is below every app.',
      from: { path: '^packages/', pathNot: [tests, '/examples/'] },
      to: { path: '^apps/|^@optin-hub/(api|web|playground|ups-stand-in)(/|$)' },
    },
    {
      name: 'packages-stay-alone',
      severity: 'error',
      comment:
        'A package that is published must stay usable by anyone: oauth4webapi and Node, nothing of ours.',
      from: { path: '^packages/([^/]+)/src/', pathNot: tests },
      to: {
        pathNot: ['^packages/$1/src/', '(^|/)oauth4webapi(/|$)'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'across-workspaces-by-path',
      severity: 'error',
      comment: 'Import what the workspace exports, by its package name.',
      from: { path: '^(apps|packages)/([^/]+)/' },
      to: { path: '^(apps|packages)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'across-workspaces-into-src',
      severity: 'error',
      comment: 'Import what the workspace exports, not what lies behind it.',
      from: { path: '^(apps|packages)/([^/]+)/' },
      to: { path: '^(apps|packages)/[^/]+/src/|^@optin-hub/[^/]+/src/', pathNot: '^$1/$2/' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      comment: 'main is where a process begins: it imports, and is not imported.',
      from: { path: '^(apps|packages)/' },
      to: { path: '^(apps|packages)/[^/]+/src/main[a-z-]*\\.ts$' },
    },
    {
      name: 'slice-imports-assembly',
      severity: 'error',
      comment: 'Assembly files know slices; slices do not know assembly. Take it as an argument.',
      from: { path: aSlice, pathNot: tests },
      to: { path: [assembly, `${api}(testing|cli|db/migrations)/`] },
    },
    {
      name: 'base-imports-upwards',
      severity: 'error',
      comment: 'clock, seal, errors, permissions, log, context and db are below the slices and import none.',
      from: { path: underTheSlices, pathNot: [assembly, tests] },
      to: { path: [assembly, aSlice, `${api}(testing|cli)/`], pathNot: vocabulary },
    },
    {
      name: 'production-imports-tests',
      severity: 'error',
      comment: 'What tests use stays with the tests.',
      from: { path: '^(apps|packages)/', pathNot: [tests, '\\.config\\.ts$'] },
      to: { path: tests },
    },
    ...sliceRules,
    {
      name: 'slice-without-a-row',
      severity: 'error',
      comment: 'This folder has no row in the table of slices: decide there whom it may ask.',
      from: { path: aSlice, pathNot: [tests, `${api}${anyOf(Object.keys(slices))}/`] },
      to: { path: aSlice, pathNot: `${api}audit/` },
    },
    {
      name: 'slice-through-the-back-door',
      severity: 'error',
      comment: 'Call the service.',
      from: { path: `${api}([^/]+)/`, pathNot: tests },
      to: { path: `${api}[^/]+/.+\\.(resolver|route|job|inputs)\\.ts$`, pathNot: `${api}$1/` },
    },
    {
      name: 'service-imports-its-callers',
      severity: 'error',
      comment: 'Resolver, route and job call the service, never the other way round.',
      from: {
        path: `${api}.+/[^/]+(\\.(service|entity|type|errors)|/[^/.]+)\\.ts$`,
        pathNot: [tests, assembly],
      },
      to: { path: `${api}.+\\.(resolver|route|job)\\.ts$` },
    },
    {
      name: 'entity-imports-service',
      severity: 'error',
      comment: 'An entity is what is stored; what happens to it is the service.',
      from: { path: `${api}.+\\.(entity|type|errors|inputs)\\.ts$` },
      to: { path: `${api}.+\\.service\\.ts$` },
    },
    {
      name: 'pure-file-with-a-database',
      severity: 'error',
      comment: 'Keep it testable without a database.',
      from: { path: pure },
      to: { path: [`${api}.+\\.(service|entity)\\.ts$`, '(^|/)typeorm(/|$)', `${api}db/`] },
    },
    {
      name: 'connections-leave-guarded',
      severity: 'error',
      comment:
        'To where somebody else has chosen, by webhook/guarded-post; to UPS, by oauth-client; letters, by nodemailer.',
      from: { path: api, pathNot: [tests, `${api}webhook/(guarded-post|host-addresses)\\.ts$`] },
      to: { path: ['^(node:)?(https|http2|tls|dgram|dns)(/|$)', '(^|/)undici(/|$)'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment:
        'Two files that need each other are one file, or one of them knows too much. Relations of entities are declared on the owning side only; the reverse is a query.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'application-imports-application',
      severity: 'error',
      comment: 'Two applications need it? It is a feature.',
      from: { path: `${web}applications/([^/]+)/`, pathNot: tests },
      to: { path: `${web}applications/`, pathNot: `${web}applications/$1/` },
    },
    {
      name: 'feature-imports-application',
      severity: 'error',
      comment: 'A feature serves all five applications and knows none of them.',
      from: { path: `${web}(features|graphql|ui)/`, pathNot: tests },
      to: { path: `${web}applications/` },
    },
    {
      name: 'one-list-of-applications',
      severity: 'error',
      comment: 'applications/applications.ts alone imports all five.',
      from: { path: web, pathNot: [`${web}applications/`, tests] },
      to: { path: `${web}applications/[^/]+/` },
    },
    {
      name: 'graphql-imports-feature',
      severity: 'error',
      comment: 'applications use features, features use graphql and ui; never upwards.',
      from: { path: `${web}graphql/`, pathNot: tests },
      to: { path: `${web}(features|ui)/` },
    },
    {
      name: 'ui-knows-nothing-of-ups',
      severity: 'error',
      comment: 'ui imports vue, reka-ui and itself only.',
      from: { path: `${web}ui/`, pathNot: tests },
      to: { pathNot: [`${web}ui/`, '(^|/)(vue|reka-ui)(/|$)'] },
    },
    {
      name: 'component-asks-apollo',
      severity: 'error',
      comment: 'A component asks its composable (the use-*.ts beside it).',
      from: { path: '\\.vue$' },
      to: {
        path: ['(^|/)@apollo/', '(^|/)@vue/apollo-', '(^|/)graphql(/|$)', '/generated/'],
        pathNot: `${web}graphql/[^/]+\\.ts$`,
      },
    },
    {
      name: 'no-index-file',
      severity: 'error',
      comment: 'Import the file that has it. Only a publishable package has a front door.',
      from: {},
      to: {
        path: '/index\\.(ts|js|vue)$',
        pathNot: ['^packages/[^/]+/src/index\\.ts$', '(^|/)(dist|node_modules)/'],
      },
    },
    {
      name: 'cannot-be-resolved',
      severity: 'error',
      comment: 'What cannot be found cannot be judged: run `npm run build` first, or mend the path.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Built and generated files stay visible as the end of an edge, and are not walked.
    doNotFollow: { path: ['(^|/)node_modules/', '/dist/', '/generated/', '/\\.(results|turbo)/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.vue', '.json'],
    },
  },
}
