import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'

const flag = z.enum(['true', 'false'], { error: 'true or false' }).transform((value) => value === 'true')
const amount = z.coerce.number({ error: 'a whole number from 1' }).int().min(1)
const port = z.coerce.number({ error: 'a port number, 0 to 65535' }).int().min(0).max(65_535)
const url = (protocols: RegExp, example: string) => z.url({ protocol: protocols, error: `a URL such as ${example}` })

/** Every setting, by the name of its environment variable. `.env.example` lists the same; a test compares the two. */
export const settings = {
  PORT: port.default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  PUBLIC_URL: url(/^https?$/, 'https://yishi.example.cn').optional(),
  HTTPS_CERT: z.string().min(1).optional(),
  HTTPS_KEY: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/yishi').optional(),
  REDIS_URL: url(/^rediss?$/, 'redis://localhost:6379').optional(),
  AUTH_SECRET: z.string().min(32, { error: 'at least 32 characters' }).optional(),
  SIGN_IN_ATTEMPTS_PER_MINUTE: amount.default(20),
  COMMANDS_PER_MINUTE: amount.default(600),
  S3_ENDPOINT: url(/^https?$/, 'https://s3.example.cn').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'the name of a bucket: 3 to 63 small letters, digits, dots and hyphens' })
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY: z.string().min(1).optional(),
  S3_SECRET_KEY: z.string().min(1).optional(),
  DEVICE_REQUESTS_PER_MINUTE: amount.default(300),
  ADDRESS_REQUESTS_PER_MINUTE: amount.default(1_200),
  NEW_DEVICES_PER_MINUTE: amount.default(600),
  POSTS_PER_MINUTE: amount.default(10),
  ATTACK_POSTS_PER_MINUTE: amount.default(600),
  PROOF_BITS: z.coerce.number({ error: 'a whole number from 1 to 24' }).int().min(1).max(24).default(13),
  OIDC_ISSUER: url(/^https?$/, 'https://login.example.cn').optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).default('SSO'),
  MEDIA_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
  MEDIA_PORT: port.default(40_000),
  MEDIA_WORKERS: z.coerce.number({ error: 'a whole number from 1 to 64' }).int().min(1).max(64).default(availableParallelism()),
  MEDIA_STREAMS_PER_WORKER: z.coerce.number({ error: 'a whole number from 1' }).int().min(1).default(500),
  VIDEO_CODEC: z.enum(['vp8', 'vp9'], { error: 'vp8 or vp9' }).default('vp8'),
  TURN_URLS: z
    .string()
    .regex(/^turns?:[^,\s]+(,turns?:[^,\s]+)*$/, {
      error: 'turn: or turns: addresses with commas between, such as turn:turn.example.cn:3478',
    })
    .optional(),
  TURN_SECRET: z.string().min(16, { error: 'at least 16 characters' }).optional(),
  MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
  FFMPEG_BIN: z.string().min(1).default('ffmpeg'),
  SOFFICE_BIN: z.string().min(1).default('soffice'),
  SMTP_URL: url(/^smtps?$/, 'smtps://user:password@mail.example.cn:465').optional(),
  SMTP_FROM: z.string().min(3).max(200).optional(),
  WEBHOOKS_TO_PRIVATE: flag.default(false),
  TRUST_PROXY: flag.default(false),
  TRIAL: flag.default(true),
  TRIAL_PASSWORD: z.string().min(10, { error: 'at least 10 characters' }).optional(),
  ADMIN_PASSWORD: z.string().min(10, { error: 'at least 10 characters' }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
}

/** Settings that only mean something together: what is missing once one of them is given. */
const together = [
  { whatFor: 'single sign-on', names: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] },
  { whatFor: 'the relay', names: ['TURN_URLS', 'TURN_SECRET'] },
  { whatFor: 'the S3 storage', names: ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] },
  { whatFor: 'e-mail', names: ['SMTP_URL', 'SMTP_FROM'] },
  { whatFor: 'HTTPS', names: ['HTTPS_CERT', 'HTTPS_KEY'] },
] as const satisfies { whatFor: string; names: (keyof typeof settings)[] }[]

const schema = z.object(settings).check(
  z.superRefine<Record<string, unknown>>(
    (values, context) => {
      for (const { whatFor, names } of together) {
        const missing = names.filter((name) => values[name] === undefined)
        if (missing.length === names.length) continue
        for (const name of missing)
          context.addIssue({ code: 'custom', path: [name], message: `needed for ${whatFor}, with ${names.join(', ')}` })
      }
      if (values.SMTP_URL !== undefined && values.PUBLIC_URL === undefined)
        context.addIssue({ code: 'custom', path: ['PUBLIC_URL'], message: 'needed for e-mail, whose links lead there' })
    },
    // Also when another setting is bad: all that is wrong is told at once.
    { when: () => true },
  ),
)

export type Config = ReturnType<typeof loadConfig>

export class ConfigError extends Error {}

/**
 * Reads the settings from an environment.
 * @throws ConfigError naming every bad variable at once with what is allowed.
 */
export function loadConfig(env: Record<string, string | undefined>) {
  // An empty value, as `.env` files and compose files easily produce, means: not set.
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in settings && value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`)
  }
  const values = parsed.data
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    https: values.HTTPS_CERT ? { certFile: resolve(values.HTTPS_CERT), keyFile: resolve(values.HTTPS_KEY!) } : null,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    s3: values.S3_ENDPOINT
      ? {
          endpoint: values.S3_ENDPOINT,
          bucket: values.S3_BUCKET!,
          region: values.S3_REGION,
          accessKey: values.S3_ACCESS_KEY!,
          secretKey: values.S3_SECRET_KEY!,
        }
      : null,
    authSecret: values.AUTH_SECRET,
    signInAttemptsPerMinute: values.SIGN_IN_ATTEMPTS_PER_MINUTE,
    commandsPerMinute: values.COMMANDS_PER_MINUTE,
    requestsPerMinute: {
      device: values.DEVICE_REQUESTS_PER_MINUTE,
      address: values.ADDRESS_REQUESTS_PER_MINUTE,
      newcomers: values.NEW_DEVICES_PER_MINUTE,
    },
    /** An honest device makes one account in its life, one more when its owner clears the browser. */
    accountsPerDevicePerMinute: 5,
    postsPerMinute: values.POSTS_PER_MINUTE,
    attackPostsPerMinute: values.ATTACK_POSTS_PER_MINUTE,
    proofBits: values.PROOF_BITS,
    oidc: values.OIDC_ISSUER
      ? { issuer: values.OIDC_ISSUER, clientId: values.OIDC_CLIENT_ID!, clientSecret: values.OIDC_CLIENT_SECRET!, name: values.OIDC_NAME }
      : null,
    mediaAnnouncedAddress: values.MEDIA_ANNOUNCED_ADDRESS,
    mediaPort: values.MEDIA_PORT,
    mediaWorkers: values.MEDIA_WORKERS,
    mediaStreamsPerWorker: values.MEDIA_STREAMS_PER_WORKER,
    videoCodec: values.VIDEO_CODEC,
    turn: values.TURN_URLS ? { urls: values.TURN_URLS.split(','), secret: values.TURN_SECRET! } : null,
    mediasoupWorkerBin: values.MEDIASOUP_WORKER_BIN,
    ffmpegBinary: values.FFMPEG_BIN,
    smtp: values.SMTP_URL ? { url: values.SMTP_URL, from: values.SMTP_FROM! } : null,
    webhooksToPrivate: values.WEBHOOKS_TO_PRIVATE,
    officeBinary: values.SOFFICE_BIN,
    searchPath: env.PATH ?? '',
    trustProxy: values.TRUST_PROXY,
    trial: values.TRIAL,
    trialPassword: values.TRIAL_PASSWORD,
    adminPassword: values.ADMIN_PASSWORD,
    logLevel: values.LOG_LEVEL,
  }
}
