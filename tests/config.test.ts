import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, loadConfig, settings } from '../server/config.ts'

const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
const lines = example.split('\n').filter((line) => /^[A-Z]/.test(line))
const given = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))

const refusal = (env: Record<string, string>): string => {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

test('.env.example lists exactly the settings, each once', () => {
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual(Object.keys(settings).sort())
})

test('.env.example as it stands changes nothing, so the defaults that it states are the defaults', () => {
  expect(loadConfig(given)).toEqual(loadConfig({}))
})

test('an empty value means not set, and what is no setting is left alone', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', HOME: '/home/somebody', PATH: '' })).toEqual(loadConfig({}))
})

test.each([
  ['PORT', '70000'],
  ['PORT', 'eighty'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PUBLIC_URL', 'yishi.example.cn'],
  ['PUBLIC_URL', 'ftp://yishi.example.cn'],
  ['DATABASE_URL', 'mysql://localhost/yishi'],
  ['REDIS_URL', 'localhost:6379'],
  ['AUTH_SECRET', 'too short'],
  ['SIGN_IN_ATTEMPTS_PER_MINUTE', '0'],
  ['COMMANDS_PER_MINUTE', 'many'],
  ['MEDIA_PORT', '65536'],
  ['MEDIA_WORKERS', '0'],
  ['MEDIA_WORKERS', '65'],
  ['TRUST_PROXY', 'yes'],
  ['TRIAL', '1'],
  ['TRIAL_PASSWORD', 'short'],
  ['ADMIN_PASSWORD', 'short'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name, with what is allowed', (name, value) => {
  const said = refusal({ [name]: value })
  expect(said).toMatch(new RegExp(`^  ${name}: .{5,}`, 'm'))
  expect(said.split('\n')).toHaveLength(2)
})

test('all bad values are told at once', () => {
  const said = refusal({ PORT: 'x', LOG_LEVEL: 'loud', REDIS_URL: 'x', OIDC_ISSUER: 'https://login.example.cn' })
  for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']) expect(said).toContain(`  ${name}: `)
})

test.each([
  [{ OIDC_ISSUER: 'https://login.example.cn' }, ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']],
  [{ OIDC_ISSUER: 'https://login.example.cn', OIDC_CLIENT_ID: 'yishi' }, ['OIDC_CLIENT_SECRET']],
  [{ OIDC_ISSUER: 'https://login.example.cn', OIDC_CLIENT_SECRET: 'secret' }, ['OIDC_CLIENT_ID']],
  [{ OIDC_CLIENT_ID: 'yishi', OIDC_CLIENT_SECRET: 'secret' }, ['OIDC_ISSUER']],
])('single sign-on needs all three of its settings: %j', (env, missing) => {
  const said = refusal(env as Record<string, string>)
  expect(said.match(/^ {2}\w+/gm)?.map((name) => name.trim())).toEqual(missing)
})

test('single sign-on is off without its settings and on with all of them', () => {
  expect(loadConfig({}).oidc).toBeNull()
  const env = { OIDC_ISSUER: 'https://login.example.cn', OIDC_CLIENT_ID: 'yishi', OIDC_CLIENT_SECRET: 'secret', OIDC_NAME: '统一认证' }
  expect(loadConfig(env).oidc).toEqual({ issuer: 'https://login.example.cn', clientId: 'yishi', clientSecret: 'secret', name: '统一认证' })
})

test('an issuer that is no address is refused by name', () => {
  expect(refusal({ OIDC_ISSUER: 'login.example.cn', OIDC_CLIENT_ID: 'yishi', OIDC_CLIENT_SECRET: 'secret' })).toContain(
    '  OIDC_ISSUER: a URL such as',
  )
})

test('a refusal never repeats a secret', () => {
  expect(
    refusal({ AUTH_SECRET: 'hunter2', TRIAL_PASSWORD: 'hunter3', ADMIN_PASSWORD: 'hunter4', DATABASE_URL: 'http://me:hunter5@host' }),
  ).not.toContain('hunter')
})
