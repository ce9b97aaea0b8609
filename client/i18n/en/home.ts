import type { Words } from '../words.ts'
import type { home as zhCN } from '../zh-CN/home.ts'

export const home = {
  publicTitle: 'Consultation meetings',
  publicIntro: 'These meetings are public; everybody can make a suggestion.',
  greeting: 'Hello, {{name}}',
  live: 'Live now',
  upcoming: 'Coming up',
  ended: 'Recently ended',
  noLive: 'No meeting is live at the moment.',
  noUpcoming: 'No meeting is coming up. Secretariats create them.',
  waiting: 'Waiting for you',
  nothingWaits: 'Nothing waits for you to sign, answer or issue.',
  task: { sign: 'Sign', reply: 'Reply', issue: 'Issue' },
} satisfies Words<typeof zhCN>
