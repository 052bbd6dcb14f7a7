import { describe, expect, it } from 'vitest'
import { Secret, type UpsOAuthClient } from './index.js'
import { aCertifiedServer, browse } from './testing/a-certified-server.js'
import { rejectionOf } from './testing/a-client.js'

async function authorize(client: UpsOAuthClient) {
  const { url, state, codeVerifier } = await client.authorizationUrl()
  const back = await browse(url)
  return { ...client.readCallback(back.searchParams, state), codeVerifier }
}

describe('against a certified authorization server', () => {
  it('authorizes with PKCE, exchanges the code, and refreshes again and again', async () => {
    const client = (await aCertifiedServer())()
    const first = await client.exchangeCode(await authorize(client))
    expect(first.expiresAt.getTime()).toBeGreaterThan(first.issuedAt.getTime())
    expect(first.refreshExpiresAt).toBeNull()
    const second = await client.refresh(first.refreshToken)
    const third = await client.refresh(second.refreshToken)
    const accessTokens = [first, second, third].map(({ accessToken }) => accessToken.reveal())
    expect(new Set(accessTokens).size).toBe(3)
    expect(second.refreshTokenRotated && third.refreshTokenRotated).toBe(true)
  })

  it('learns that a refresh token was used before', async () => {
    const client = (await aCertifiedServer())()
    const { refreshToken } = await client.exchangeCode(await authorize(client))
    await client.refresh(refreshToken)
    expect(await rejectionOf(client.refresh(refreshToken))).toMatchObject({
      code: 'REFRESH_TOKEN_REFUSED',
      failure: 'grant',
      upsCode: 'invalid_grant',
    })
  })

  it('learns that a code was used before', async () => {
    const client = (await aCertifiedServer())()
    const callback = await authorize(client)
    await client.exchangeCode(callback)
    expect(await rejectionOf(client.exchangeCode(callback))).toMatchObject({ code: 'CODE_REFUSED' })
  })

  it.each([null, Secret.of('v'.repeat(43))])(
    'learns that a code needs its own verifier and not %s',
    async (codeVerifier) => {
      const client = (await aCertifiedServer())()
      const { code } = await authorize(client)
      expect(await rejectionOf(client.exchangeCode({ code, codeVerifier }))).toMatchObject({
        failure: 'grant',
      })
    },
  )

  it('learns that its secret is wrong, and tries the next one', async () => {
    const aGenericClient = await aCertifiedServer()
    const right = aGenericClient()
    const { refreshToken } = await right.exchangeCode(await authorize(right))
    const wrong = aGenericClient({ clientSecret: Secret.of('wrong') })
    expect(await rejectionOf(wrong.refresh(refreshToken))).toMatchObject({
      code: 'CLIENT_REFUSED',
      failure: 'application',
      status: 401,
    })
    const both = aGenericClient({ clientSecret: [Secret.of('wrong'), Secret.of('a-b_c:d+e%f')] })
    expect((await both.refresh(refreshToken)).refreshTokenRotated).toBe(true)
  })

  it('learns that the person said no', async () => {
    const client = (await aCertifiedServer({ says: 'no' }))()
    await expect(authorize(client)).rejects.toMatchObject({ code: 'CALLBACK_REFUSED' })
  })

  it.each(['https://another.example', null])('accepts no callback of the issuer %s', async (issuer) => {
    const client = (await aCertifiedServer())()
    const { url, state } = await client.authorizationUrl()
    const { searchParams } = await browse(url)
    searchParams.delete('iss')
    if (issuer !== null) searchParams.set('iss', issuer)
    expect(() => client.readCallback(searchParams, state)).toThrow(
      expect.objectContaining({ code: 'CALLBACK_ISSUER_UNEXPECTED' }),
    )
  })
})
