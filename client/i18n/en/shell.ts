import type { Words } from '../words.ts'
import type { shell as zhCN } from '../zh-CN/shell.ts'

export const shell = {
  title: 'Yishi',
  skip: 'Skip to content',
  navigation: 'Main navigation',
  today: 'Today',
  meetings: 'Meetings',
  recommendations: 'Recommendations',
  worklist: 'Worklist',
  admin: 'Administration',
  language: 'Language',
  otherLanguage: '中文',
  chinese: '中文',
  english: 'English',
  reconnecting: 'Connection lost, reconnecting by itself. Everything that was confirmed is saved.',
  reconnected: 'Connected again',
  loading: 'Loading',
  notFound: {
    title: 'No such page',
    text: 'The address may be wrong, or the page has moved. Nothing was lost.',
    home: 'To the start page',
  },
  broken: {
    title: 'This page failed',
    text: 'The page met an unexpected error. What was confirmed before is saved; what was typed and not sent may have to be typed again.',
    reload: 'Reload the page',
    newVersion: 'The system was just updated. Please reload the page; what was saved is not affected.',
  },
  unreadable: { title: 'Could not be loaded', lost: 'Nothing was lost.' },
  notAllowed: { title: 'You may not see this page', text: 'Sign in with an account that may, or ask an administrator for a role.' },
} satisfies Words<typeof zhCN>
