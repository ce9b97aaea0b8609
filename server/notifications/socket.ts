import type { Handlers, Readers } from '../../shared/commands.ts'
import type { notificationCommands, notificationQueries } from '../../shared/notifications.ts'
import type { NotificationService } from './service.ts'

export const notificationHandlers = (notifications: NotificationService): Handlers<typeof notificationCommands> => ({
  'notice:read': notifications.read,
  'notice:choose': notifications.choose,
  'email:set': notifications.setEmail,
  'email:confirm': notifications.confirmEmail,
  'email:remove': notifications.removeEmail,
})

export const notificationReaders = (notifications: NotificationService): Readers<typeof notificationQueries> => ({
  'my-notices': notifications.list,
  'notice-settings': notifications.settings,
})
