import { z } from 'zod'
import { hallWarnings, warningDaysSchema } from './clocks.ts'
import type { CommandTable, QueryTable } from './commands.ts'
import { hallRules } from './evaluation-rules.ts'
import { evaluationRulesSchema } from './evaluations.ts'
import type { Action } from './policy.ts'
import { proposalRulesSchema, standardProposalRules } from './proposal-rules.ts'
import { regionCodeSchema, versionSchema } from './text.ts'

type Setting = { schema: z.ZodType; standard: unknown; by: Action }

/** What a region may set for itself and all below it: its shape, what holds where no region says anything, and by whose right. */
export const settings = {
  /** Holds at once, also for what was issued before. */
  reminders: { schema: warningDaysSchema, standard: hallWarnings, by: 'clock:edit' },
  proposals: { schema: proposalRulesSchema, standard: standardProposalRules, by: 'proposal:rules' },
  evaluation: { schema: evaluationRulesSchema, standard: hallRules, by: 'evaluation:manage' },
} as const satisfies Record<string, Setting>
export type SettingKey = keyof typeof settings
export type SettingOf<K extends SettingKey> = z.infer<(typeof settings)[K]['schema']>

export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]]

/** Null takes what the region above says. `version` is the one that was being edited, 0 where there never was one. */
const ofRegion = { regionCode: regionCodeSchema, version: versionSchema }
export const regionSettingSchema = z.discriminatedUnion('key', [
  z.object({ key: z.literal('reminders'), value: warningDaysSchema.nullable(), ...ofRegion }),
  z.object({ key: z.literal('proposals'), value: proposalRulesSchema.nullable(), ...ofRegion }),
  z.object({ key: z.literal('evaluation'), value: evaluationRulesSchema.nullable(), ...ofRegion }),
])
export type RegionSetting = z.infer<typeof regionSettingSchema>

export const settingCommands = {
  'setting:set': { input: regionSettingSchema, output: regionSettingSchema },
} satisfies CommandTable

export const settingQueries = {
  /** A region's own word, and what holds there without it: of which region above that is, or null for the standard. */
  'region-setting': {
    path: '/api/regions/:regionCode/settings/:key',
    input: z.object({ regionCode: regionCodeSchema, key: z.enum(settingKeys) }),
    output: z.object({
      own: regionSettingSchema,
      inherited: z.object({ regionCode: regionCodeSchema.nullable(), setting: regionSettingSchema }),
    }),
  },
} satisfies QueryTable
