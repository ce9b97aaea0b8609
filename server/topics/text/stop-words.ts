/** Words that say nothing about what a suggestion is about: of grammar, of courtesy, and of asking for something. */
export const stopWords: ReadonlySet<string> = new Set(
  [
    '的 了 着 过 地 得 和 与 及 或 而 且 但 但是 而且 并 并且 以及 还 还是 也 都 就 又 再 才 只 很 太 更 最 非常 比较 十分 特别 真的 实在 确实',
    '是 在 有 没 没有 不 不是 把 被 给 让 使 对 对于 向 从 到 自 由 于 因 因为 所以 由于 如果 的话 要是 虽然 不过 然后 之后 以后 以前 之前 时候 同时',
    '这 那 这个 那个 这些 那些 这里 那里 这边 那边 这样 那样 这么 那么 哪 哪里 什么 怎么 怎样 为什么 多少 几 一个 一些 一下 一直 一点 有点 有的 有些',
    '我 你 您 他 她 它 我们 你们 他们 咱们 大家 自己 人家 别人 本人 人 人们 群众 居民 村民 市民 老百姓 百姓 乡亲 乡亲们 住户',
    '请 请问 谢谢 感谢 您好 你好 领导 政府 部门 有关部门 相关 有关 相关部门 尽快 及时 早日 抓紧 赶紧 马上 立即 近期 目前 现在 今年 去年 最近 已经 正在 经常 总是 老是 每天 每次 每年',
    '希望 建议 盼望 恳请 请求 要求 呼吁 反映 提议 意见 想 要 能 能否 能不能 可以 可否 可不可以 是否 是不是 应该 应 该 应当 需要 必须 最好 不要 不能 不该 不用 别',
    '问题 情况 方面 事情 事 东西 地方 方便 不方便 不便 增加 加强 解决 处理 改善 改进 完善 进行 做好 落实 推进 加大 力度 提高 提升 考虑 安排 存在 出现 造成 导致 影响 严重',
    '好 大 小 多 少 高 低 长 上 下 里 外 中 前 后 内 左右 旁 旁边 附近 周边 边 处 些 点 个 种 次 年 月 日 天 来 去 说 看 用 做 搞 弄 起 起来 出来 下来 上来 过来 下去',
    '几个 好几 好几个 很多 许多 不少 太多 太少 所有 各 每 某 该 此 其 之 等 等等 吧 吗 呢 啊 呀 啦 哦 嘛 么 们 第 第一 啥 咋 嗯',
    '早上 上午 中午 下午 傍晚 晚上 夜里 半夜 白天 今天 明天 昨天 后天 周末 平时 春天 夏天 秋天 冬天 天热 天冷 不敢 看不见 看不清 根本 到处 乱 困难 危险 麻烦 两边 每个 每月 定期 太早 太晚 早 晚 一般 统一 不然 回来 时间 日子 日期',
    'the a an of to in on for and or is are be please we our it that this with at by not no',
  ]
    .join(' ')
    .split(' '),
)

/** A number with what is counted, such as a time of day or a sum: it tells twins apart from others, which pairs of characters see too, and is no subject. */
export const amount =
  /^[\d一二三四五六七八九十百千万两半几零.]+(点|点半|天|个|年|月|小时|钟头|分钟|次|班|块|元|趟|回|楼|岁|条|根|米|公里|盏)?$/

/** A suggestion with one of these asks for less of something, or for its end: it is never the same as one that asks for it. */
export const opposing = /不要|不应|不该|不宜|不同意|不赞成|不支持|反对|别再|别建|别修|取消|停建|叫停|撤销|拆除|拆掉|抵制/
