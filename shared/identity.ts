import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { roleSchema, scopeSchema } from './policy.ts'
import { line, optionalText } from './text.ts'

export const grantSchema = z.object({ id: z.uuid(), role: roleSchema, scope: scopeSchema })

export const accountSchema = z.object({
  id: z.uuid(),
  username: z.string().nullable(),
  name: z.string(),
  anonymous: z.boolean(),
  grants: z.array(grantSchema),
})
export type Account = z.infer<typeof accountSchema>

export const meSchema = z.object({
  account: accountSchema.nullable(),
  sessionId: z.string().nullable(),
  /** The single sign-on provider's name when one is configured, for the button on the sign-in page. */
  oidcName: z.string().nullable(),
})
export type Me = z.infer<typeof meSchema>

export const sessionSchema = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
  current: z.boolean(),
})
export type Session = z.infer<typeof sessionSchema>

export const usernameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,31}$/)
export const passwordSchema = z.string().min(10).max(128)

export const identityCommands = {
  'account:create': {
    input: z.object({ id: z.uuid(), username: usernameSchema, name: line(40), password: passwordSchema }),
    output: accountSchema,
  },
  'role:grant': { input: z.object({ id: z.uuid(), accountId: z.uuid(), role: roleSchema, scope: scopeSchema }), output: accountSchema },
  'role:revoke': { input: z.object({ accountId: z.uuid(), grantId: z.uuid() }), output: accountSchema },
  'session:revoke': { input: z.object({ sessionId: z.uuid() }), output: z.object({ revoked: z.number().int() }) },
  'account:revoke-sessions': { input: z.object({ accountId: z.uuid() }), output: z.object({ revoked: z.number().int() }) },
} satisfies CommandTable

export const identityQueries = {
  me: { path: '/api/me', input: z.object({}), output: meSchema },
  'my-sessions': { path: '/api/me/sessions', input: z.object({}), output: z.array(sessionSchema) },
  accounts: { path: '/api/accounts', input: z.object({ text: optionalText(40).optional() }), output: z.array(accountSchema) },
} satisfies QueryTable
