import type { Grant } from '../../shared/policy.ts'
import { type TrialUsername, trialMeeting, trialOrganizations, trialRegions } from './ids.ts'

export type Person = {
  username: TrialUsername
  name: string
  grant: Grant
  /** Where the role holds, for whoever reads the table of accounts on the terminal. */
  where: string
}

const inRegion = (role: Grant['role'], regionCode: string): Grant => ({ role, scope: { kind: 'region', regionCode } })
const inOrganization = (role: Grant['role'], organizationId: string): Grant => ({ role, scope: { kind: 'organization', organizationId } })
const inMeeting = (role: Grant['role']): Grant => ({ role, scope: { kind: 'meeting', meetingId: trialMeeting.id } })

const { nanxun, wujiang } = trialRegions

/** One account of each role, and of both districts where the joint meeting needs both. The people are invented. */
export const people: Person[] = [
  { username: 'secretary-nanxun', name: '沈知远', grant: inRegion('secretary', nanxun), where: '南浔区 Nanxun' },
  { username: 'secretary-wujiang', name: '顾明岚', grant: inRegion('secretary', wujiang), where: '吴江区 Wujiang' },
  { username: 'moderator', name: '陆怀清', grant: inRegion('moderator', nanxun), where: '南浔区 Nanxun' },
  { username: 'recorder-nanxun', name: '钱若溪', grant: inRegion('recorder', nanxun), where: '南浔区 Nanxun' },
  { username: 'recorder-wujiang', name: '徐一帆', grant: inRegion('recorder', wujiang), where: '吴江区 Wujiang' },
  { username: 'member-nanxun', name: '施文柏', grant: inRegion('member', nanxun), where: '南浔区 Nanxun' },
  { username: 'member-wujiang', name: '庄亦农', grant: inRegion('member', wujiang), where: '吴江区 Wujiang' },
  { username: 'citizen', name: '潘阿根', grant: inRegion('citizen', '330503100'), where: '南浔镇 Nanxun town' },
  {
    username: 'handler-nanxun',
    name: '韩立群',
    grant: inOrganization('handler', trialOrganizations.nanxunTransport),
    where: '南浔区交通运输局 Transport',
  },
  {
    username: 'handler-wujiang',
    name: '薛春晓',
    grant: inOrganization('handler', trialOrganizations.wujiangTransport),
    where: '吴江区交通运输局 Transport',
  },
  {
    username: 'head-nanxun',
    name: '章秉文',
    grant: inOrganization('head', trialOrganizations.nanxunTransport),
    where: '南浔区交通运输局 Transport',
  },
  {
    username: 'head-wujiang',
    name: '陶乐安',
    grant: inOrganization('head', trialOrganizations.wujiangTransport),
    where: '吴江区交通运输局 Transport',
  },
  {
    username: 'handler-water',
    name: '费小满',
    grant: inOrganization('handler', trialOrganizations.nanxunWater),
    where: '南浔区水利局 Water',
  },
  { username: 'reviewer', name: '俞静之', grant: inRegion('reviewer', nanxun), where: '南浔区 Nanxun' },
  { username: 'expert', name: '闵思源', grant: inMeeting('expert'), where: '本次协商会 this meeting' },
  { username: 'observer', name: '柳青禾', grant: inMeeting('observer'), where: '本次协商会 this meeting' },
]
