import type { Organization } from '../../shared/regions.ts'
import { trialOrganizations as ids, trialRegions } from './ids.ts'

const { nanxun, wujiang } = trialRegions

export const organizations: Organization[] = [
  { id: ids.nanxunCommittee, regionCode: nanxun, kind: 'committee', name: '政协湖州市南浔区委员会' },
  { id: ids.nanxunTransport, regionCode: nanxun, kind: 'department', name: '南浔区交通运输局' },
  { id: ids.nanxunWater, regionCode: nanxun, kind: 'department', name: '南浔区水利局' },
  { id: ids.nanxunEcology, regionCode: nanxun, kind: 'department', name: '湖州市生态环境局南浔分局' },
  { id: ids.nanxunExperts, regionCode: nanxun, kind: 'expert-panel', name: '南浔区协商专家库' },
  { id: ids.wujiangCommittee, regionCode: wujiang, kind: 'committee', name: '政协苏州市吴江区委员会' },
  { id: ids.wujiangTransport, regionCode: wujiang, kind: 'department', name: '吴江区交通运输局' },
  { id: ids.wujiangWater, regionCode: wujiang, kind: 'department', name: '吴江区水务局' },
  { id: ids.wujiangEcology, regionCode: wujiang, kind: 'department', name: '苏州市吴江生态环境局' },
  { id: ids.wujiangExperts, regionCode: wujiang, kind: 'expert-panel', name: '吴江区协商专家库' },
]
