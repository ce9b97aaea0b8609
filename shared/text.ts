import { z } from 'zod'

// What carries nothing that a person typed, hides text or turns it round on the screen: control characters (but tab and newline),
// what has no glyph (but the joiners, dealt with below, and the choice between text and emoji), bidirectional marks and overrides,
// noncharacters and annotations. NUL cannot be stored by PostgreSQL at all.
const unwanted =
  /(?!\t|\n|\u200C|\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFFF9-\uFFFC]/gu

/** Emoji, Persian and Indian words need joiners; anywhere else they only hide something. */
const joiners =
  /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali})?([\u200C\u200D])[\u200C\u200D]*/gu

/** More marks on one letter than any script writes (Tibetan needs four) reach over the lines above and below. */
const towers = /(\p{M}{4})\p{M}+/gu

const clean = (value: string) =>
  value
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unwanted, '')
    .replace(joiners, (_, before: string | undefined, joiner: string) => (before ? before + joiner : ''))
    .replace(towers, '$1')
    .trim()

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

/** Which state of a thing something is, or is said of. The next one, too, has to fit in what the database stores: 32 bits with a sign. */
export const versionSchema = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 2)
