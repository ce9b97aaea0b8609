import type { LexiconCategory } from '../../shared/topics.ts'

const lines: [name: string, keywords: string][] = [
  [
    '交通出行',
    '公交 班车 末班 渡口 渡船 摆渡 停车 车位 堵车 拥堵 红绿灯 信号灯 斑马线 过马路 公路 坑洼 修路 便桥 大桥 站台 站牌 电动车 共享单车 地铁 高速 货车 超载 限速',
  ],
  ['住房与物业', '物业 小区 业主 漏水 外墙 老旧小区 楼道 拆迁 安置 违建 房租 公积金 宅基地 加装电梯 电梯 充电桩 燃气'],
  ['教育', '学校 小学 中学 幼儿园 放学 上学 老师 教师 学位 学区 校门 课后 作业 网课 辅导 少年宫'],
  ['医疗卫生', '医院 卫生院 卫生室 医生 看病 就医 挂号 药品 疫苗 体检 急救 救护车 儿科 慢性病 高血压 家庭医生'],
  ['养老与托幼', '老人 老年 养老 敬老院 照料 助餐 老年食堂 独居 高龄 护理 残疾 无障碍 轮椅 盲道 托班 托育 婴幼儿'],
  ['就业与社保', '社保 医保 报销 养老金 失业 工资 欠薪 就业 招工 培训 低保 补贴 补助 津贴 救助 困难户 抚恤 退役军人'],
  [
    '环境保护',
    '河道 河水 界河 黑臭 发臭 水质 排污 污水 直排 排口 水葫芦 水草 打捞 保洁船 垃圾 异味 臭味 扬尘 油烟 噪音 噪声 废气 焚烧 秸秆 养猪场 养殖场 污染 蚊子 乱扔',
  ],
  [
    '农业与水利',
    '农田 稻田 灌溉 水渠 机埠 种植 农药 化肥 农机 收割 农产品 销路 茶叶 养鱼 桑 蚕 土地流转 高标准农田 淤积 清淤 堤 护岸 圩 内涝 积水 防汛 水库 泵站',
  ],
  ['市政与公共设施', '路灯 公厕 厕所 井盖 护栏 村道 人行道 自来水 水压 停水 停电 宽带 信号差 公园 绿化 健身器材 休息椅 雨棚'],
  ['文化体育', '广场舞 健身 篮球场 球场 戏台 祠堂 文物 古桥 老街 文化礼堂 演出 图书馆 旅游 民宿 步道'],
  ['社会治安', '治安 监控 摄像头 诈骗 反诈 被骗 赌博 流浪狗 遛狗 高空抛物 消防 隐患 落水 溺水 偷 打架'],
  ['政务服务', '办事 窗口 审批 执照 证明 手续 跑了 热线 公示 公开 菜场 菜市场 摊位 缺斤短两 物价 价格 税 贷款 快递'],
  ['其他', ''],
]

/** For regions that have not made one of their own, nor any above them. */
export const defaultLexicon: LexiconCategory[] = lines.map(([name, keywords]) => ({ name, keywords: keywords.split(' ').filter(Boolean) }))
export const defaultThreshold = 12
export const defaultHalfLifeDays = 14

/**
 * The category whose words stand most often in a text: each word counts once, of equals the one with the longer words, then
 * the one that comes first in the lexicon. Null when no word stands there.
 */
export function categoryOf(text: string, categories: readonly LexiconCategory[]): string | null {
  const lower = text.toLowerCase()
  let best: { name: string; count: number; length: number } | null = null
  for (const { name, keywords } of categories) {
    const found = keywords.filter((keyword) => lower.includes(keyword.toLowerCase()))
    const length = found.reduce((sum, keyword) => sum + keyword.length, 0)
    if (found.length === 0) continue
    if (!best || found.length > best.count || (found.length === best.count && length > best.length))
      best = { name, count: found.length, length }
  }
  return best?.name ?? null
}

/** The lexicons of a joint meeting's regions as one: categories of the same name put their words together. */
export function joinLexicons(lexicons: readonly (readonly LexiconCategory[])[]): LexiconCategory[] {
  const joined = new Map<string, Set<string>>()
  for (const { name, keywords } of lexicons.flat()) {
    const words = joined.get(name) ?? new Set()
    for (const keyword of keywords) words.add(keyword)
    joined.set(name, words)
  }
  return [...joined].map(([name, keywords]) => ({ name, keywords: [...keywords] }))
}
