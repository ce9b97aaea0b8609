import { trialSuggestions as ids, type TrialUsername, trialMeeting } from './ids.ts'

/** Written by an account, or on the phone of a visitor without one (the number is the phone's). */
type Author = TrialUsername | { visitor: 0 | 1 | 2; nickname?: string }
type Posted = { id: string; agendaItemId: string; author: Author; text: string; outcome?: { publish: true } | { answer: string } }

const { water, ferry } = trialMeeting.agenda

/** What people have put in already, in order, each while its agenda item was being discussed. */
export const suggestions: Posted[] = [
  {
    id: ids.collection,
    agendaItemId: water,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '我们这一段早上刚把水葫芦捞干净，下午又从对面漂过来一大片。能不能两边约定同一天下河，谁也不空着？',
    outcome: { publish: true },
  },
  {
    id: ids.drain,
    agendaItemId: water,
    author: 'citizen',
    text: '村口河埠头边上有根老管子，一下雨出来的水就发黑，住户都说不清是哪边接的。希望两地派人一起来认一认。',
    outcome: { answer: '两地生态环境部门商定，会后一周内一同到现场查看这处排口，结果在村里公示，并答复到您的回执上。' },
  },
  {
    id: ids.readings,
    agendaItemId: water,
    author: 'member-wujiang',
    text: '建议在两区交界的桥上设一块共用的水质牌：同一个取样点、同一张表，每月换一次数，两边的群众看到的是同一个结果。',
    outcome: { publish: true },
  },
  {
    id: ids.rubbish,
    agendaItemId: water,
    author: { visitor: 1 },
    text: '保洁船靠岸以后，捞上来的东西在岸边一放就是三四天，天热的时候味道很重，请安排及时运走。',
  },
  {
    id: ids.collectionAgain,
    agendaItemId: water,
    author: { visitor: 2, nickname: '老沈' },
    text: '打捞水草两个区的日子对不上，等于白捞，建议排一张共同的打捞日程。',
  },
  {
    id: ids.fog,
    agendaItemId: ferry,
    author: { visitor: 2, nickname: '老沈' },
    text: '起雾渡船就停，孩子上学只好绕大桥，多走四十分钟。桥一时修不了的话，停航能不能头天晚上就发到两个村的群里？',
    outcome: { publish: true },
  },
  {
    id: ids.footbridge,
    agendaItemId: ferry,
    author: { visitor: 1 },
    text: '我家的地在河对面，农忙的时候一天来回四五趟。要修便桥的话，请考虑能过电动三轮车，不然收下来的东西还是得靠船。',
  },
  {
    id: ids.ferryman,
    agendaItemId: ferry,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '摆渡的师傅年纪大了，一个人守两头，碰到身体不舒服就没人替。渡口留下来的话，请两边一起出人轮班。',
  },
]
