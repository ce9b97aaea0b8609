import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, as ISO 8601 text in UTC with milliseconds: the form in which it travels. */
export const instantColumn = customType<{ data: string; driverData: Date | string }>({
  dataType: () => 'timestamptz(3)',
  fromDriver: (value) => new Date(value).toISOString(),
  toDriver: (value) => value,
})

export const bytesColumn = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})

/** Text that sorts and compares by code point, so that a prefix is one range of the index. */
export const codeColumn = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const bigColumn = (name: string) => bigint(name, { mode: 'number' })

/** For the tables of better-auth, which speaks in Date. */
export const dateColumn = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
