/** Different words of the same thing, as people of halls and villages say it; each line is led by the one that stands for all. */
const lines = `
公交 公交车 巴士 公共汽车 班车 公车 中巴
末班 末班车 末班船 末班公交 末趟
停车 停车位 车位 停车场 泊车 停车难
堵车 拥堵 塞车 堵 交通拥堵 堵塞
红绿灯 信号灯 交通灯
斑马线 人行横道 过街
路灯 街灯 照明 照明灯 太阳能路灯
道路 马路 公路 村道 路面 水泥路
坑洼 坑坑洼洼 破损 开裂 塌陷
渡口 渡船 轮渡 摆渡 渡轮 船班
桥 便桥 大桥 桥梁 人行桥
电动车 电瓶车 电动自行车 电动三轮车
充电 充电桩 充电站 充电柜
河道 河 河流 河水 河里 小河 界河 内河
水质 水体 污水 黑臭 发臭 发黑 臭水 黑水
排污 直排 偷排 排污口 排口 排放
水草 水葫芦 浮萍 水浮莲
打捞 捞 清捞 保洁船
垃圾 生活垃圾 垃圾桶 垃圾箱 垃圾堆
噪音 噪声 扰民 吵 太吵
自来水 饮用水 供水 水压 停水
医院 卫生院 卫生室 卫生所 诊所 村医 卫生服务中心 门诊
医生 大夫 医师 护士
看病 就医 就诊 挂号 就诊难
老人 老年人 老年 老年科 独居老人 空巢老人 老人家 长者 高龄
养老 养老院 敬老院 养老服务 照料中心 日间照料 居家养老
食堂 老年食堂 助餐 助餐点 送餐 老年餐
学校 小学 中学 校园 校门口
幼儿园 托儿所 幼托 托班
孩子 小孩 小朋友 儿童 学生 娃 娃娃
接送 接孩子 放学 上学
老师 教师 师资
农田 田 耕地 田地 稻田
灌溉 水渠 沟渠 渠道 机埠 泵站
化肥 农药 化肥农药
农产品 农货 土特产 卖难 滞销
快递 包裹 驿站 快递点
电梯 加装电梯 加梯
物业 物业公司 物业费
小区 社区 楼道 住宅区
健身 健身器材 健身点 体育设施 球场 运动场
公园 绿地 口袋公园 绿化
厕所 公厕 卫生间
监控 摄像头 探头
消防 消防安全 火灾 消防通道
油烟 烧烤 餐饮油烟
网络 宽带 信号 基站 无线网 网速
补贴 补助 津贴 救助
医保 医疗保险 报销 异地就医
养殖 养猪 养猪场 养殖场 养鸡场
`

export const synonyms: ReadonlyMap<string, string> = new Map(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [stands, ...others] = line.split(' ') as [string, ...string[]]
      return others.map((word) => [word, stands] as const)
    }),
)

/** What the dictionary would cut apart, for it to keep whole. */
export const wholeWords: readonly string[] = [...new Set([...synonyms.keys(), ...synonyms.values()])]
