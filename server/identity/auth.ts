import { createHash } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { anonymous, genericOAuth, username } from 'better-auth/plugins'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { line } from '../../shared/text.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/db.ts'
import type { Limiter, MakeLimiter } from '../transport/limits.ts'
import { accounts, credentials, sessions, verifications } from './schema.ts'

export type Auth = ReturnType<typeof createAuth>

/** The id of the single sign-on provider in better-auth's paths. */
export const oidcProvider = 'oidc'

/** Carries the address that Express found, so that a client cannot choose its own for the rate limit. */
export const addressHeader = 'x-yishi-address'

type Settings = Pick<Config, 'publicUrl' | 'oidc' | 'signInAttemptsPerMinute'>

type Deps = {
  db: Db
  settings: Settings
  secret: string
  limiter: MakeLimiter
  log: Logger
  /** An anonymous visitor has signed in with an account, in the same browser. */
  onSignIn(visitorId: string, account: { id: string; name: string }): Promise<void>
}

/** Accounts and sessions: user name and password, anonymous visitors, and OpenID Connect where it is configured. */
export function createAuth({ db, settings, secret, limiter, log, onSignIn }: Deps) {
  const { publicUrl, oidc, signInAttemptsPerMinute } = settings
  return betterAuth({
    appName: 'Yishi',
    secret,
    ...(publicUrl ? { baseURL: publicUrl } : {}),
    basePath: '/api/auth',
    // A page may only talk to the address it was loaded from.
    trustedOrigins: async (request) => [publicUrl, ...ownOrigins(request)],
    database: drizzleAdapter(db.reader, {
      provider: 'pg',
      schema: { user: accounts, session: sessions, account: credentials, verification: verifications },
    }),
    // An account of ours and one of the sign-on provider's are never taken for one another because of an address.
    account: { accountLinking: { enabled: false } },
    onAPIError: { errorURL: '/sign-in' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customStorage: attemptsBy(limiter),
      customRules: {
        '/sign-in/username': { window: 60, max: signInAttemptsPerMinute },
        // A hall's phones share one address; better-auth's own rule for these is 3 in 10 seconds.
        // How many come is limited before this, by device and with work to do (identity/http.ts).
        '/sign-in/anonymous': { window: 60, max: 1_000_000 },
        '/sign-in/social': { window: 60, max: 600 },
      },
    },
    advanced: {
      database: { generateId: () => v7() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      cookiePrefix: 'yishi',
      // better-auth leaves it out where NODE_ENV is test; what is tested should be what runs.
      disableOriginCheck: false,
    },
    // A visitor has no name until giving one.
    databaseHooks: {
      user: {
        create: { before: async (user) => ({ data: { ...user, ...('isAnonymous' in user && user.isAnonymous ? { name: '' } : {}) } }) },
      },
    },
    logger: { log: (level, message, ...details) => log[level === 'error' ? 'error' : 'debug']({ part: 'better-auth', details }, message) },
    telemetry: { enabled: false },
    plugins: [
      username({ minUsernameLength: 3, maxUsernameLength: 32, usernameValidator: (name) => /^[a-z0-9._-]+$/i.test(name) }),
      anonymous({
        emailDomainName: 'visitors.invalid',
        disableDeleteAnonymousUser: true,
        async onLinkAccount({ anonymousUser, newUser }) {
          if (newUser.user.isAnonymous || newUser.user.id === anonymousUser.user.id) return
          // Whoever signs in gets in, also when this fails: then the visitor stays a visitor of their own.
          await onSignIn(anonymousUser.user.id, newUser.user).catch((error: unknown) =>
            log.error({ err: error }, 'a visitor was not united'),
          )
        },
      }),
      ...(oidc ? [singleSignOn(oidc)] : []),
    ],
  })
}

/** Counts by our own limiters: for all nodes together where there are several, and better-auth's own store is one for all apps of a process. */
function attemptsBy(limiter: MakeLimiter) {
  const limiters = new Map<number, Limiter>()
  function limiterOf(perMinute: number) {
    const known = limiters.get(perMinute) ?? limiter(`auth-${perMinute}`, perMinute)
    limiters.set(perMinute, known)
    return known
  }
  return {
    async consume(key: string, rule: { window: number; max: number }) {
      const waitMs = await limiterOf((rule.max * 60) / rule.window).wait(key)
      return { allowed: waitMs === 0, retryAfter: waitMs === 0 ? null : Math.ceil(waitMs / 1_000) }
    },
  }
}

const singleSignOn = (oidc: NonNullable<Settings['oidc']>) =>
  genericOAuth({
    config: [
      {
        providerId: oidcProvider,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        discoveryUrl: new URL('.well-known/openid-configuration', oidc.issuer.replace(/\/?$/, '/')).href,
        scopes: ['openid', 'profile', 'email'],
        pkce: true,
        requireIdTokenVerification: true,
        // Not every provider gives a name or an address, and what it gives need not be unique: an account is known by its subject.
        mapProfileToUser: ({ sub, name, preferred_username }) => ({
          name: nameOf(name) ?? nameOf(preferred_username) ?? '',
          email: `${createHash('sha256').update(String(sub)).digest('hex')}@sign-on.invalid`,
          emailVerified: false,
        }),
      },
    ],
  })

const nameOf = (value: unknown) => line(40).safeParse(value).data

function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}
