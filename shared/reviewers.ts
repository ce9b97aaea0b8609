import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { usernameSchema } from './identity.ts'
import { regionCodeSchema } from './text.ts'

/** 审查员: whom a region's secretariat has asked to review proposals with it. */
export const reviewerSchema = z.object({ accountId: z.uuid(), name: z.string(), username: z.string().nullable() })
export type Reviewer = z.infer<typeof reviewerSchema>

export const reviewerCommands = {
  /** By user name, so that nobody has to be shown a list of everybody. */
  'reviewer:appoint': {
    input: z.object({ id: z.uuid(), regionCode: regionCodeSchema, username: z.string().trim().toLowerCase().pipe(usernameSchema) }),
    output: z.array(reviewerSchema),
  },
  'reviewer:dismiss': { input: z.object({ regionCode: regionCodeSchema, accountId: z.uuid() }), output: z.array(reviewerSchema) },
} satisfies CommandTable

export const reviewerQueries = {
  /** Those of this region itself, for its secretariat. */
  reviewers: {
    path: '/api/regions/:regionCode/reviewers',
    input: z.object({ regionCode: regionCodeSchema }),
    output: z.array(reviewerSchema),
  },
} satisfies QueryTable
