import type { defaultCategories } from '../../shared/categories.ts'
import { trialSuggestions as ids, type TrialUsername, trialMeeting } from './ids.ts'

/** Written by an account, or on the phone of a visitor without one (the number is the phone's). */
type Author = TrialUsername | { visitor: 0 | 1 | 2; nickname?: string }
type Posted = {
  id: string
  agendaItemId: string
  author: Author
  text: string
  category?: (typeof defaultCategories)[number]
  place?: string
  /** By whose code it came. */
  site?: keyof typeof trialMeeting.sites
  outcome?: { publish: true } | { answer: string }
}

const { water, ferry } = trialMeeting.agenda

/** What people have put in already, in order, each while its agenda item was being discussed. */
export const suggestions: Posted[] = [
  {
    id: ids.collection,
    agendaItemId: water,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '我们这一段早上刚把水葫芦捞干净，下午又从对面漂过来一大片。能不能两边约定同一天下河，谁也不空着？',
    category: '环境保护',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.drain,
    agendaItemId: water,
    author: 'citizen',
    text: '村口河埠头边上有根老管子，一下雨出来的水就发黑，住户都说不清是哪边接的。希望两地派人一起来认一认。',
    category: '环境保护',
    place: '浔东村口河埠头',
    site: 'nanxunPost',
    outcome: { answer: '两地生态环境部门商定，会后一周内一同到现场查看这处排口，结果在村里公示，并答复到您的回执上。' },
  },
  {
    id: ids.readings,
    agendaItemId: water,
    author: 'member-wujiang',
    text: '建议在两区交界的桥上设一块共用的水质牌：同一个取样点、同一张表，每月换一次数，两边的群众看到的是同一个结果。',
    category: '环境保护',
    site: 'wujiangHall',
    outcome: { publish: true },
  },
  {
    id: ids.oneBoat,
    agendaItemId: water,
    author: 'member-nanxun',
    text: '保洁船现在各管各的，开到界桥就掉头。不如放开这条线，谁先看到谁先捞，油钱年底两边一起算。',
    category: '环境保护',
    site: 'nanxunHall',
    outcome: { publish: true },
  },
  {
    id: ids.rubbish,
    agendaItemId: water,
    author: { visitor: 1 },
    text: '保洁船靠岸以后，捞上来的东西在岸边一放就是三四天，天热的时候味道很重，请安排及时运走。',
    site: 'wujiangPost',
  },
  {
    id: ids.compost,
    agendaItemId: water,
    author: 'expert',
    text: '捞上来的水葫芦可以沤成肥，两岸的菜地和桑园都用得上，别当垃圾一车车往外拉。',
    category: '农业与水利',
    site: 'nanxunHall',
    outcome: { publish: true },
  },
  {
    id: ids.collectionAgain,
    agendaItemId: water,
    author: { visitor: 2, nickname: '老沈' },
    text: '打捞水草两个区的日子对不上，等于白捞，建议排一张共同的打捞日程。',
    site: 'nanxunPost',
  },
  {
    id: ids.meters,
    agendaItemId: water,
    author: { visitor: 1 },
    text: '大一点的排口装上自动监测，数据两边的生态环境部门都能看，别等群众打了电话才去取水。',
    category: '环境保护',
    site: 'wujiangPost',
    outcome: { publish: true },
  },
  {
    id: ids.ducks,
    agendaItemId: water,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '沿河的鸭棚往后退二十米，粪水不要直接下河。退出来的损失，两边商量个数补一点。',
    category: '农业与水利',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.steps,
    agendaItemId: water,
    author: { visitor: 2, nickname: '老沈' },
    text: '河埠头的台阶青苔厚，老人下去洗东西容易滑倒，请修一修，再装一道扶手。',
    category: '市政与公共设施',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.fog,
    agendaItemId: ferry,
    author: { visitor: 2, nickname: '老沈' },
    text: '起雾渡船就停，孩子上学只好绕大桥，多走四十分钟。桥一时修不了的话，停航能不能头天晚上就发到两个村的群里？',
    category: '交通出行',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.bridge,
    agendaItemId: ferry,
    author: { visitor: 1 },
    text: '修一座便桥最省心，刮风下雨、半夜送病人都能走，不用再等船。',
    category: '交通出行',
    site: 'wujiangPost',
    outcome: { publish: true },
  },
  {
    id: ids.keepFerry,
    agendaItemId: ferry,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '渡口要留下来。老人推着车爬不动桥的坡，摆渡几分钟就到对岸，走亲戚、卖菜都靠它。',
    category: '交通出行',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.footbridge,
    agendaItemId: ferry,
    author: { visitor: 1 },
    text: '我家的地在河对面，农忙的时候一天来回四五趟。要修便桥的话，请考虑能过电动三轮车，不然收下来的东西还是得靠船。',
    site: 'wujiangPost',
  },
  {
    id: ids.sharedCost,
    agendaItemId: ferry,
    author: 'member-wujiang',
    text: '便桥的钱两个区对半出，村里出工出地，趁今年冬天水枯就动工。',
    category: '交通出行',
    site: 'wujiangHall',
    outcome: { publish: true },
  },
  {
    id: ids.clearance,
    agendaItemId: ferry,
    author: { visitor: 2, nickname: '老沈' },
    text: '河里还走运货的船，便桥低了船过不去，高了人上不去。没算清楚以前，先别急着修。',
    category: '交通出行',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.newBoat,
    agendaItemId: ferry,
    author: 'member-nanxun',
    text: '先换一条带雨棚和护栏的渡船，花钱少、来得快，明年汛期以前就能用上。',
    category: '交通出行',
    site: 'nanxunHall',
    outcome: { publish: true },
  },
  {
    id: ids.vests,
    agendaItemId: ferry,
    author: 'citizen',
    text: '渡船上的救生衣又旧又少，请先配齐，也要有孩子穿的小号。',
    category: '社会治安',
    place: '浔东村渡口',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.firstRun,
    agendaItemId: ferry,
    author: { visitor: 1 },
    text: '渡船头班太晚，上学上班都赶不上。能不能提前到六点半，跟对岸的头班公交接上？',
    category: '交通出行',
    site: 'wujiangPost',
    outcome: { publish: true },
  },
  {
    id: ids.lamps,
    agendaItemId: ferry,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '渡口晚上一盏灯也没有，两头各装一盏太阳能灯吧，花不了几个钱。',
    category: '市政与公共设施',
    place: '浔东村渡口',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.weightLimit,
    agendaItemId: ferry,
    author: { visitor: 2, nickname: '老沈' },
    text: '真要修桥的话请立限高限重的杆子，不然大货车抄近路，把村里的路全压坏。',
    category: '交通出行',
    site: 'nanxunPost',
    outcome: { publish: true },
  },
  {
    id: ids.ferryman,
    agendaItemId: ferry,
    author: { visitor: 0, nickname: '塘边人家' },
    text: '摆渡的师傅年纪大了，一个人守两头，碰到身体不舒服就没人替。渡口留下来的话，请两边一起出人轮班。',
    site: 'nanxunPost',
  },
]
