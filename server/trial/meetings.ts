import type { Plan } from '../meetings/store.ts'
import { trialMeeting, trialNextMeeting, trialRegions } from './ids.ts'

const { nanxun, wujiang } = trialRegions
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** The joint meeting that can be entered at once; an invented case about real neighbours. */
export function liveMeeting(now: Date): { id: string } & Plan {
  const { id, agenda, sites } = trialMeeting
  return {
    id,
    title: '一河两岸共管共行：南浔·吴江毗邻地区联合协商会',
    startsAt: new Date(Math.floor(now.getTime() / (15 * minuteMs)) * 15 * minuteMs).toISOString(),
    regionCodes: [nanxun, wujiang],
    suggestionPolicy: 'approval',
    agenda: [
      { id: agenda.water, title: '界河与頔塘的水面保洁、排口排查和水质共享', minutes: 30 },
      { id: agenda.ferry, title: '村间渡口怎么办：更新渡船，还是修一座便桥', minutes: 25 },
      { id: agenda.buses, title: '跨省公交的站点、班次与同卡乘车', minutes: 25 },
      { id: agenda.consensus, title: '归纳共识，形成协商建议', minutes: 15 },
    ],
    sites: [
      { id: sites.nanxunHall, name: '南浔区“请你来协商”主会场', regionCode: nanxun, kind: 'main' },
      { id: sites.wujiangHall, name: '吴江区分会场（震泽镇民生议事堂）', regionCode: '320509108', kind: 'branch' },
      { id: sites.nanxunPost, name: '南浔镇浔东村协商驿站', regionCode: '330503100225', kind: 'post' },
      { id: sites.wujiangPost, name: '震泽镇众安桥村协商驿站', regionCode: '320509108205', kind: 'post' },
    ],
  }
}

export function nextMeeting(now: Date): { id: string } & Plan {
  const { id, agenda, sites } = trialNextMeeting
  // 14:00 in China, two weeks from today.
  const day = new Date(now.getTime() + 14 * dayMs).toISOString().slice(0, 10)
  return {
    id,
    title: '隔壁镇上看病更方便：毗邻乡镇就医便民联合协商会',
    startsAt: `${day}T06:00:00.000Z`,
    regionCodes: [wujiang, nanxun],
    suggestionPolicy: 'approval',
    agenda: [
      { id: agenda.clinics, title: '毗邻乡镇卫生院互认检查结果的范围', minutes: 30 },
      { id: agenda.transport, title: '高龄老人异地复诊的接送与陪诊', minutes: 20 },
      { id: agenda.consensus, title: '归纳共识，形成协商建议', minutes: 15 },
    ],
    sites: [
      { id: sites.wujiangHall, name: '吴江区“有事好商量”主会场', regionCode: wujiang, kind: 'main' },
      { id: sites.nanxunHall, name: '南浔区分会场', regionCode: nanxun, kind: 'branch' },
    ],
  }
}
