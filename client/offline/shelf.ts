import type { Meeting } from '../../shared/meetings.ts'

/** Whose words, and of which meeting. */
export type Place = { accountId: string; meetingId: string }
export type Holder = { accountId: string; name: string }

/** By page: how many changes it has made of which it does not know that the server has stored them. */
export type Unsaved = Readonly<Record<string, number>>

/** What a page without a network has to know: the meeting, and the agenda items in whose sections alone its owner writes, if so. */
export type Described = { meeting: Meeting; items: readonly string[] | null }

/** The minutes of a meeting as they were last on this device. */
export type Copy = { update: Uint8Array; unsaved: Unsaved; described: Described | null }

/** Words that the server would not take: the whole document as the page had it. */
export type Kept = Place & {
  id: string
  update: Uint8Array
  refusal: string
  keptAt: string
  /** The passages of it that were proposed or discarded already. */
  done: readonly string[]
}

/** What pages of the minutes leave on the device. Nobody finds what another account has left. */
export type Shelf = {
  /** Whether it outlives the page. */
  durable: boolean
  /** Who had minutes open here last. Only a hint for a page without a network: the server asks for the session. */
  holder(): Promise<Holder | null>
  copyOf(place: Place): Promise<Copy | null>
  /** Adds to a copy, and resolves once it is on the device. `changes` are those of this page that may not be stored; 0 says that all are. */
  keep(
    place: Holder & Place,
    news: { update: Uint8Array | null; page: string; changes: number; described: Described | null },
  ): Promise<void>
  /** These changes are stored on the server. */
  settle(place: Place, settled: Unsaved): Promise<void>
  /** Takes the copy away unless something in it is not stored yet, or anyway. */
  forget(place: Place, anyway?: boolean): Promise<void>
  /** Puts words that were refused beside, in place of the copy. */
  setAside(kept: Kept): Promise<void>
  keptOf(place: Place): Promise<Kept[]>
  /** Notes that a passage of them was dealt with. */
  passed(id: string, passage: string): Promise<void>
  discard(id: string): Promise<void>
  /** How many meetings have words of an account here that the server does not have. */
  unsent(accountId: string): Promise<number>
  /** Takes away everything of an account. */
  clear(accountId: string): Promise<void>
  close(): void
}

/** Copies that nobody opened for so long are taken away, unless something in them is not stored. */
export const copyDays = 30

export const isSettled = (unsaved: Unsaved) => Object.keys(unsaved).length === 0

/** What is left of the changes that are not known to be stored. */
export const settledOf = (unsaved: Unsaved, settled: Unsaved): Unsaved =>
  Object.fromEntries(Object.entries(unsaved).filter(([page, changes]) => settled[page] === undefined || settled[page] < changes))

/** What is not known to be stored, after a page has told how much of its own is not. */
export const toldOf = (unsaved: Unsaved, page: string, changes: number): Unsaved =>
  changes > 0 ? { ...unsaved, [page]: changes } : settledOf(unsaved, { [page]: Number.POSITIVE_INFINITY })
