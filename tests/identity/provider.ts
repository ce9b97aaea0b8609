import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Provider = Awaited<ReturnType<typeof startProvider>>
type Person = { sub: string; name?: string; preferred_username?: string; email?: string }
type Wish = { nonce: string | null; challenge: string | null; redirectUri: string; person: Person }

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A little OpenID Connect provider, such as a government's: it knows one client, and signs in whoever is said to be at the browser. */
export async function startProvider({ clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const wishes = new Map<string, Wish>()
  const tokens = new Map<string, Person>()
  const at = { browser: { sub: 'nobody' } as Person, forged: false, saidNo: false }
  const server = createServer((request, response) => void answer(request, response).catch(() => response.writeHead(500).end()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const json = (response: ServerResponse, value: object, status = 200) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '', issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
        })
      case '/jwks':
        return json(response, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key', use: 'sig', alg: 'RS256' }] })
      case '/authorize':
        return authorize(url.searchParams, response)
      case '/token':
        return token(new URLSearchParams(await text(request)), response)
      case '/userinfo': {
        const person = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
        return person ? json(response, person) : json(response, { error: 'invalid_token' }, 401)
      }
      default:
        return json(response, {}, 404)
    }
  }

  function authorize(asked: URLSearchParams, response: ServerResponse) {
    const redirectUri = asked.get('redirect_uri') ?? ''
    const back = new URL(redirectUri)
    back.searchParams.set('state', asked.get('state') ?? '')
    if (asked.get('client_id') !== clientId || at.saidNo) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      wishes.set(code, { nonce: asked.get('nonce'), challenge: asked.get('code_challenge'), redirectUri, person: at.browser })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  function token(asked: URLSearchParams, response: ServerResponse) {
    const code = asked.get('code') ?? ''
    const wish = wishes.get(code)
    wishes.delete(code)
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    const holds =
      wish &&
      asked.get('client_id') === clientId &&
      asked.get('client_secret') === clientSecret &&
      asked.get('redirect_uri') === wish.redirectUri &&
      challenge === wish.challenge
    if (!holds) return json(response, { error: 'invalid_grant' }, 400)
    const accessToken = randomUUID()
    tokens.set(accessToken, wish.person)
    json(response, { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken(wish) })
  }

  function idToken({ person, nonce }: Wish): string {
    const now = Math.floor(Date.now() / 1000)
    const content = `${base64({ alg: 'RS256', kid: 'key' })}.${base64({ iss: issuer, aud: clientId, sub: person.sub, iat: now, exp: now + 300, ...(nonce && { nonce }) })}`
    return `${content}.${sign('RSA-SHA256', Buffer.from(content), at.forged ? stranger.privateKey : privateKey).toString('base64url')}`
  }

  return {
    issuer,
    /** Who sits at the browser, and how the provider behaves from now on. */
    set: (next: Partial<typeof at>) => void Object.assign(at, next),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
