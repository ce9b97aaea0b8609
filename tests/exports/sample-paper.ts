import type { Cell, Paper, PaperBlock } from '../../server/exports/paper.ts'

const cell = (text: string, shape: Partial<Cell> = {}): Cell => ({ runs: [{ text }], head: false, columns: 1, rows: 1, ...shape })

/** One pixel of PNG. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwAEAQH/7yMK/gAAAABJRU5ErkJggg==',
  'base64',
)

/** Nothing but Chinese characters, so that lines and characters can be counted. */
export const longParagraph = (characters: number): PaperBlock => ({ kind: 'paragraph', runs: [{ text: '议'.repeat(characters) }] })

/** A paper with everything that one can have. */
export const samplePaper: Paper = {
  mark: '协商纪要',
  urgency: '加急',
  number: '浔协商〔2026〕3号',
  title: '关于界河水质联合治理与渡口公交接驳延时运行的联合协商会议纪要',
  recipients: ['南浔区人民政府', '吴江区人民政府'],
  blocks: [
    { kind: 'field', name: '时间', text: '2026年11月23日 14:00' },
    { kind: 'heading', level: 1, text: '一、会议情况' },
    { kind: 'heading', level: 2, text: '（一）界河水质' },
    {
      kind: 'paragraph',
      runs: [
        { text: '双方认为' },
        { text: '今冬', bold: true },
        { text: '须完成清淤', note: '清淤范围以两地水利部门的图为准。' },
        { text: '。' },
      ],
    },
    { kind: 'heading', level: 3, text: '1.监测断面' },
    { kind: 'heading', level: 4, text: '（1）取样' },
    longParagraph(100),
    { kind: 'item', marker: '1.', runs: [{ text: '每月取样一次' }], depth: 0 },
    { kind: 'item', marker: '·', runs: [{ text: '结果互相通报' }], depth: 1 },
    { kind: 'quote', runs: [{ text: '渡口晚上太黑，请装路灯' }] },
    { kind: 'source', text: '——意见建议，王阿姨' },
    {
      kind: 'table',
      title: '取样点',
      rows: [
        [cell('断面', { head: true }), cell('位置', { head: true, columns: 2 })],
        [cell('一号', { rows: 2 }), cell('双林塘\n北岸'), cell('每月')],
        [cell('太浦河'), cell('每季')],
      ],
    },
    { kind: 'image', image: { bytes: pixel, type: 'png', width: 120, height: 60 }, caption: '断面位置图' },
    { kind: 'image', image: null, caption: '已删除的图' },
  ],
  attachments: [
    { title: '发言时间统计', blocks: [longParagraph(30)] },
    { title: '取样方案', blocks: [longParagraph(30)] },
  ],
  attendance: [
    { name: '出席', text: '南浔区政协陈静、周文，吴江区政协陆雅琴、沈国强，南浔区水利局吴建国' },
    { name: '列席', text: '双林镇居民代表王阿姨' },
  ],
  signed: { bodies: ['政协湖州市南浔区委员会', '政协苏州市吴江区委员会'], date: '2026年11月23日' },
  remark: '此件公开发布',
  colophon: {
    copiesTo: ['湖州市政协办公室', '苏州市政协办公室', '长三角生态绿色一体化发展示范区执行委员会'],
    printedBy: '政协湖州市南浔区委员会办公室',
    printedOn: '2026年11月24日',
  },
}
