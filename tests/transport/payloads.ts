import fc from 'fast-check'
import { z } from 'zod'

type Schema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

/** Ids of things that exist, by the name of the property that would hold them. */
export type Known = (property: string) => string[]

const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  '\u202e\u200b',
  '__proto__',
  'constructor',
  'toString',
  "' or 1=1 --",
  '%',
  '\\',
  '{{7*7}}',
  '../../etc/passwd',
  'x'.repeat(5_000),
  '😀',
  '0',
  '-1',
  '1e400',
  'NaN',
  'null',
]
const numbers = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 1e308, 5e-324, Number.MAX_SAFE_INTEGER]
const instants = [
  '2026-11-23T06:00:00Z',
  '2026-02-28T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2026-02-30T00:00:00Z',
  '2026-11-23T24:00:00Z',
]

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

/** Whatever JSON can hold and a proper client never sends. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, [], {}, ...nasty, ...numbers),
  fc.constantFrom(...[5, 50, 2_000].map(nested)),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'then', 'length', 'id', 'meetingId', '0'),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  fc.array(fc.constantFrom(...nasty), { maxLength: 30 }),
)

/** A word that a schema would take, or one of those that find what the schema forgot. */
function words(schema: Schema, property: string, known: Known): fc.Arbitrary<string> {
  const existing = known(property)
  const fromExisting = (others: fc.Arbitrary<string>, weight: number) =>
    existing.length > 0 ? fc.oneof({ weight, arbitrary: fc.constantFrom(...existing) }, { weight: 1, arbitrary: others }) : others
  // What names itself is mostly new, what names another thing mostly exists.
  if (schema.format === 'uuid')
    return property === 'id'
      ? fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fromExisting(fc.uuid(), 4) })
      : fromExisting(fc.uuid(), 8)
  if (schema.format === 'date-time') return fc.constantFrom(...instants)
  const free = fc.oneof(
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: schema.maxLength ?? 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(...nasty) },
    { weight: 8, arbitrary: fc.constantFrom('好的', '第一条', 'a long enough text', "O'Hara\u0000\ud800", '3305') },
  )
  return fromExisting(schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : free, 8)
}

function shaped(schema: Schema, property: string, known: Known): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((one) => wrong(one, property, known)))
  if (schema.allOf?.[0]) return shaped(schema.allOf[0], property, known)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objects(schema, known)
    case 'array':
      return fc.uniqueArray(wrong(schema.items ?? {}, property.replace(/s$/, ''), known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 2),
        selector: (item) => JSON.stringify(item) ?? '',
      })
    case 'string':
      return words(schema, property, known)
    case 'integer':
      return fc.oneof(
        fc.constantFrom(...[1, 2, 3].filter((n) => n >= (schema.minimum ?? n) && n <= (schema.maximum ?? n)), schema.minimum ?? 1),
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 0),
      )
    case 'number':
      return fc.double({ min: Math.max(schema.minimum ?? -1e9, -1e300), max: Math.min(schema.maximum ?? 1e9, 1e300), noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return junk
  }
}

function objects(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0 && typeof schema.additionalProperties === 'object')
    return fc.dictionary(fc.string({ maxLength: 8 }), shaped(schema.additionalProperties, '', known), { maxKeys: 3 })
  const required = schema.required ?? []
  return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, wrong(one, name, known)])), { requiredKeys: required })
}

/** As the schema says, but now and then not. */
const wrong = (schema: Schema, property: string, known: Known): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: shaped(schema, property, known) }, { weight: 1, arbitrary: junk })

/** Payloads for a command or query: mostly what its schema takes, with ids of things that exist, and every kind of junk. */
export function payloadsFor(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  return fc.oneof({ weight: 9, arbitrary: shaped(root, '', known) }, { weight: 2, arbitrary: junk })
}
