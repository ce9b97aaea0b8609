import { z } from 'zod'

// Control characters (but tab and newline), zero-width and bidirectional overrides: they carry nothing a person
// typed, hide text or reverse it on the screen. NUL cannot be stored by PostgreSQL at all. ZWJ (200D) stays: emoji need it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed.
const unwanted = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g

const clean = (value: string) => value.toWellFormed().replace(/\r\n?/g, '\n').replace(unwanted, '').trim()

/** Text of several lines that a person typed, cleaned and at most `max` UTF-16 units long. */
export const text = (max: number) => z.string().max(max).transform(clean).pipe(z.string().min(1))

/** One line that a person typed. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => clean(value).replace(/\s+/g, ' '))
    .pipe(z.string().min(1))

/** Like {@link text}, but may be empty. */
export const optionalText = (max: number) => z.string().max(max).transform(clean)

export const instant = z.iso.datetime()

/** GB/T 2260 and statistical codes: province 2, city 4, county 6, township 9, village 12 digits. */
export const regionCodeSchema = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/)
