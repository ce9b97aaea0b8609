import type { Words } from '../words.ts'
import type { regions as zhCN } from '../zh-CN/regions.ts'

export const regions = {
  search: 'Type a name to find a region',
  nothingFound: 'No such region',
  kind: { committee: 'Committee', department: 'Department', 'expert-panel': 'Expert panel', media: 'Media' },
} satisfies Words<typeof zhCN>
