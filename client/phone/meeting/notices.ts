import type { Translate } from '../words.ts'
import type { Notice } from './feed.ts'

export function sayNotice(t: Translate, notice: Notice): string {
  switch (notice.kind) {
    case 'fresh':
      return t('list.fresh', { count: notice.count })
    case 'answer':
      return t('list.freshAnswer')
    case 'poll':
      return t('poll.announce', { question: notice.question })
    case 'agenda':
      return t('list.agendaNow', { title: notice.title })
    case 'live':
      return t('list.meetingLive')
    case 'ended':
      return t('list.meetingEnded')
  }
}
