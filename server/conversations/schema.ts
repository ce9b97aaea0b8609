import { date, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ConversationFile, ConversationMessage } from '../../shared/conversations.ts'
import { instantColumn } from '../db/columns.ts'
import { accounts } from '../identity/schema.ts'
import { assignments } from '../recommendations/schema.ts'

export const conversationMessages = pgTable(
  'conversation_messages',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    byName: text('by_name').notNull(),
    side: text('side').$type<ConversationMessage['side']>().notNull(),
    stage: text('stage').$type<ConversationMessage['stage']>().notNull(),
    way: text('way').$type<ConversationMessage['way']>().notNull(),
    heldOn: date('held_on', { mode: 'string' }),
    text: text('text').notNull(),
    at: instantColumn('at').notNull(),
  },
  (table) => [index('conversation_messages_assignment').on(table.assignmentId, table.at)],
)

/** The row comes before the file and goes after it, so that no file is ever without one. */
export const conversationFiles = pgTable(
  'conversation_files',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    /** Null until the file is kept. */
    kind: text('kind').$type<ConversationFile['kind']>(),
    bytes: integer('bytes'),
    /** Null until it is sent with a message. */
    messageId: uuid('message_id').references(() => conversationMessages.id),
    position: integer('position'),
    createdAt: instantColumn('created_at').notNull(),
  },
  (table) => [
    index('conversation_files_message').on(table.messageId),
    index('conversation_files_left').on(table.createdAt, table.messageId),
    index('conversation_files_account').on(table.accountId),
  ],
)
