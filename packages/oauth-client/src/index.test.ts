import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as frontDoor from './index.js'
import type {
  AuthorizationStart,
  Callback,
  CallbackErrorCode,
  FailureClass,
  OAuthErrorCode,
  TokenSet,
  UpsOAuthClient,
  UpsOAuthClientOptions,
} from './index.js'

const packageFolder = new URL('..', import.meta.url)
const text = (path: string) => readFileSync(new URL(path, packageFolder), 'utf8')

describe('the front door', () => {
  it('exports these values and no others', () => {
    expect(Object.keys(frontDoor).sort()).toEqual([
      'CallbackError',
      'OAuthError',
      'Secret',
      'UPS_BASE_URLS',
      'createUpsOAuthClient',
      'isExpiring',
      'stateOf',
    ])
  })

  it('has the types it promises', () => {
    const { createUpsOAuthClient, Secret, stateOf, isExpiring } = frontDoor
    type Secret = frontDoor.Secret
    expectTypeOf(createUpsOAuthClient).toEqualTypeOf<(options: UpsOAuthClientOptions) => UpsOAuthClient>()
    expectTypeOf<UpsOAuthClient['authorizationUrl']>().toEqualTypeOf<() => Promise<AuthorizationStart>>()
    expectTypeOf<AuthorizationStart['codeVerifier']>().toEqualTypeOf<Secret | null>()
    expectTypeOf<UpsOAuthClient['readCallback']>().returns.toEqualTypeOf<Callback>()
    expectTypeOf<Callback>().toEqualTypeOf<{ readonly state: string; readonly code: Secret }>()
    expectTypeOf<UpsOAuthClient['exchangeCode']>().returns.resolves.toEqualTypeOf<TokenSet>()
    expectTypeOf<UpsOAuthClient['refresh']>().parameters.toEqualTypeOf<[Secret]>()
    expectTypeOf<UpsOAuthClient['refresh']>().returns.resolves.toEqualTypeOf<TokenSet>()
    expectTypeOf<UpsOAuthClient['isReachable']>().returns.resolves.toEqualTypeOf<boolean>()
    expectTypeOf<TokenSet['accessToken']>().toEqualTypeOf<Secret>()
    expectTypeOf<TokenSet['refreshExpiresAt']>().toEqualTypeOf<Date | null>()
    expectTypeOf<FailureClass>().toEqualTypeOf<'grant' | 'application' | 'transient' | 'unknown-outcome'>()
    expectTypeOf<frontDoor.OAuthError['code']>().toEqualTypeOf<OAuthErrorCode>()
    expectTypeOf<frontDoor.CallbackError['code']>().toEqualTypeOf<CallbackErrorCode>()
    expectTypeOf<frontDoor.CallbackError['state']>().toEqualTypeOf<string | null>()
    expectTypeOf(Secret.of).toEqualTypeOf<(value: string) => Secret>()
    expectTypeOf(stateOf).toEqualTypeOf<(params: URLSearchParams) => string | null>()
    expectTypeOf(isExpiring).parameter(0).toEqualTypeOf<Pick<TokenSet, 'expiresAt'>>()
  })

  it('takes no bare string for a secret, and no options by halves', () => {
    // @ts-expect-error A bare string would show itself in a log.
    expect(() => frontDoor.createUpsOAuthClient({ ...options, clientSecret: 'canary' })).toThrow(TypeError)
    // @ts-expect-error The redirect URI has no default.
    expect(() => frontDoor.createUpsOAuthClient({ ...options, redirectUri: undefined })).toThrow(TypeError)
  })
})

const options: UpsOAuthClientOptions = {
  baseUrl: frontDoor.UPS_BASE_URLS.cie,
  clientId: 'client',
  clientSecret: frontDoor.Secret.of('secret'),
  redirectUri: 'https://hub.example/oauth/callback',
}

describe('the documentation', () => {
  const program = ts.createProgram([new URL('src/index.ts', packageFolder).pathname], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(new URL('src/index.ts', packageFolder).pathname) as ts.SourceFile
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
  const methods = exported
    .filter(({ name }) => name === 'UpsOAuthClient')
    .flatMap((symbol) => [...(symbol.members?.values() ?? [])])

  it.each([...exported, ...methods].map((symbol) => [symbol.name, symbol] as const))(
    'of %s has a sentence, an example and a link to a specification',
    (_name, symbol) => {
      expect(ts.displayPartsToString(symbol.getDocumentationComment(checker))).toMatch(/\w+[^]*[.:]/)
      const tags = new Map(
        symbol.getJsDocTags(checker).map(({ name, text }) => [name, ts.displayPartsToString(text)]),
      )
      expect(tags.get('example')).toBeTruthy()
      expect(tags.get('see')).toMatch(/(www\.rfc-editor\.org\/rfc\/rfc\d+#|developer\.ups\.com\/)/)
    },
  )
})

describe('the README', () => {
  const readme = text('README.md')

  it.each(['authorization-code', 'refresh'])('quotes examples/%s.ts to the letter', (name) => {
    const [, quoted] = text(`examples/${name}.ts`).split(/\/\/ README: (?:begin|end)\n/)
    expect(quoted).toBeTruthy()
    expect(readme).toContain('```ts\n' + quoted?.trimEnd() + '\n```')
  })

  it('names every code of an error under its class', () => {
    const codes = text('src/errors.ts').matchAll(/^ {2}([A-Z_]+): (?:\['([a-z-]+)'|')/gm)
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
    const listed = [...codes].map(([, code, failure]) =>
      rows.some((row) => row.includes(`\`${code}\``) && (!failure || row.startsWith(`| \`${failure}\``))),
    )
    expect(listed.length).toBeGreaterThan(18)
    expect(listed).not.toContain(false)
  })
})
