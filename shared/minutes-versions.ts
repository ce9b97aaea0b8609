import { z } from 'zod'

/** Kept by the program, kept with a name by somebody, signed by every region, or made by bringing an older one back. */
export const versionKinds = ['auto', 'named', 'signed', 'restored'] as const
export type VersionKind = (typeof versionKinds)[number]

export const minutesVersionKindSchema = z.enum(versionKinds)
