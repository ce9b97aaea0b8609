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
  cameBack: 'What came back',
  nothingCame: 'None of your suggestions yet. Those you make signed in, and receipts that you keep here, are listed as answers come back.',
  claimLabel: 'A receipt code from elsewhere? Keep it with your account:',
  claim: 'Keep',
  step: {
    posted: 'Received',
    published: 'Published',
    answered: 'Answered',
    merged: 'Merged',
    unmerged: 'Separate again',
    hidden: 'Not published',
    reopened: 'Taken up again',
    cited: 'In the minutes',
    recommended: 'Recommended',
    assigned: 'Assigned',
    signed: 'Signed for',
    replied: 'Replied',
  },
  task: { sign: 'Sign', reply: 'Reply', issue: 'Issue' },
} satisfies Words<typeof zhCN>
