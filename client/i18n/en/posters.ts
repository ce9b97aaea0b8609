import type { Words } from '../words.ts'
import type { posters as zhCN } from '../zh-CN/posters.ts'

export const posters = {
  poster: 'Poster',
  posters: 'Print QR posters',
  pageTitle: 'QR posters, A4, pages: {{count}}',
  of: 'Print the poster: {{name}}',
  print: 'Print',
  back: 'Back',
  meeting: 'Consultation meeting',
  site: 'Site',
  codeOf: 'QR code of {{name}}',
} satisfies Words<typeof zhCN>
