import type { Words } from '../words.ts'
import type { stations as zhCN } from '../zh-CN/stations.ts'

export const stations = {
  stations: 'Stations',
  new: 'New station',
  name: 'Name',
  nameExample: 'such as: Xundong village post',
  code: 'Short code',
  own: 'Show our own',
  none: 'No stations here yet. Administrators and secretariats open them; each has a QR code of its own from then on.',
  change: 'Rename or close: {{name}}',
  rename: 'Rename',
  close: 'Close',
  reopen: 'Open again',
  closed: 'Closed',
  closeText: 'Whoever scans its code then reads that it is closed. Suggestions that came are not affected.',
  closedText: 'Opened again, its old QR code works as before.',
  kind: { 'main-hall': 'Main hall', hall: 'Hall', post: 'Post', studio: "Member's studio" },
} satisfies Words<typeof zhCN>
