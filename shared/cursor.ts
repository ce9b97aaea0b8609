import { z } from 'zod'

/** Names the last of a page, by its time and its id, for the one that follows. Nothing secret is in it, and no right. */
export const cursorOf = (at: string, id: string) => `${String(Date.parse(at)).padStart(13, '0')}_${id}`
export const cursorSchema = z.string().regex(/^\d{13}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
