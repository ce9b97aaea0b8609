import type { Words } from '../words.ts'
import type { identity as zhCN } from '../zh-CN/identity.ts'

export const identity = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  unsentTitle: 'Sign out?',
  unsentText:
    'This device still has words in the minutes of meetings that the server does not have. Meetings: {{count}}. Signing out removes them for good.',
  signOutAnyway: 'Remove and sign out',
  signInTitle: 'Sign in to Yishi',
  signInIntro: 'For members, secretariats, moderators, recorders and handlers, with the account given by their organization.',
  unites: 'What you suggested and voted on this device without signing in becomes your account’s; nobody else sees that it was you.',
  lookAround: 'Look at the public meetings without signing in',
  username: 'User name',
  password: 'Password',
  usernameMissing: 'Please enter the user name',
  passwordMissing: 'Please enter the password',
  or: 'or',
  signInWith: 'Sign in with {{name}}',
  accountMenu: 'Account menu: {{name}}',
  mySessions: 'My sessions',
  mySessionsIntro: 'These devices are signed in with your account. End what you do not know, and ask an administrator for a new password.',
  device: 'Device',
  unknownDevice: 'Unknown device',
  address: 'Network address',
  since: 'Signed in',
  thisDevice: 'This device',
  endSession: 'End session',
} satisfies Words<typeof zhCN>
