export const home = {
  publicTitle: '协商会',
  publicIntro: '有事好商量。这里是公开的协商会，人人都可以提建议。',
  greeting: '{{name}}，您好',
  live: '正在进行',
  upcoming: '即将召开',
  ended: '最近结束',
  noLive: '现在没有正在进行的协商会。',
  noUpcoming: '没有即将召开的协商会。协商会由各地秘书处新建。',
  waiting: '等您办理',
  nothingWaits: '没有等您签收、答复或交办的协商建议。',
  task: { sign: '签收', reply: '答复', issue: '交办' },
}
