import { z } from 'zod'
import type { CommandTable, QueryTable } from './commands.ts'
import { line, regionCodeSchema } from './text.ts'

export const regionLevels = ['province', 'city', 'county', 'township', 'village'] as const
export const regionSchema = z.object({
  code: regionCodeSchema,
  name: z.string(),
  level: z.enum(regionLevels),
  parentCode: regionCodeSchema.nullable(),
  /** Names from the province down to this node. */
  path: z.array(z.string()),
})
export type Region = z.infer<typeof regionSchema>

export const organizationKinds = ['committee', 'department', 'expert-panel', 'media'] as const
export const organizationSchema = z.object({
  id: z.uuid(),
  regionCode: regionCodeSchema,
  name: z.string(),
  kind: z.enum(organizationKinds),
})
export type Organization = z.infer<typeof organizationSchema>

export const regionCommands = {
  'organization:create': {
    input: z.object({ id: z.uuid(), regionCode: regionCodeSchema, name: line(80), kind: z.enum(organizationKinds) }),
    output: organizationSchema,
  },
} satisfies CommandTable

export const regionQueries = {
  /** The children of a region; the provinces when `parentCode` is left out. */
  regions: { path: '/api/regions', input: z.object({ parentCode: regionCodeSchema.optional() }), output: z.array(regionSchema) },
  /** Regions whose name contains the text, shallowest first. */
  'region-search': {
    path: '/api/regions/search',
    input: z.object({ text: line(30), under: regionCodeSchema.optional() }),
    output: z.array(regionSchema),
  },
  /** The organizations of a region and of everything below it. */
  organizations: { path: '/api/organizations', input: z.object({ regionCode: regionCodeSchema }), output: z.array(organizationSchema) },
} satisfies QueryTable

/** The code of the region above, or null for a province. Lengths 2, 4, 6, 9, 12. */
export function parentOf(code: string): string | null {
  const length = { 4: 2, 6: 4, 9: 6, 12: 9 }[code.length]
  return length === undefined ? null : code.slice(0, length)
}

export function levelOf(code: string): Region['level'] {
  const level = { 2: 'province', 4: 'city', 6: 'county', 9: 'township', 12: 'village' } as const
  return level[code.length as keyof typeof level] ?? 'village'
}

/** The codes from the province down to `code` itself. */
export const lineageOf = (code: string): string[] =>
  [2, 4, 6, 9, 12].filter((length) => length <= code.length).map((length) => code.slice(0, length))
