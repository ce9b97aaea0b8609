import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasForeignLink, linksIn } from '../../server/guard/links.ts'
import { createLookalikes } from '../../server/guard/lookalikes.ts'
import { isNoise } from '../../server/guard/noise.ts'
import { personalIn } from '../../server/guard/personal.ts'
import { isLike, shapeOf } from '../../server/guard/shape.ts'
import { sameText } from '../../server/guard/thresholds.ts'
import { createWordFinder } from '../../server/guard/words.ts'

const finds = createWordFinder(['公众号', '加我微信', 'casino', 'Ａss', '发票', '!!'])

test.each([
  '请关注公众号',
  '关注公 众 号',
  '公★众★号在这里',
  '公\u200B众\u2060号',
  '公-众_号！',
  '（公）（众）（号）',
  '關注公眾號',
  '可開發票',
  'CASINO',
  'ｃａｓｉｎｏ',
  'c a s i n o',
  'c.a.s.i.n.o!',
  'cásíno',
  'c̶a̶s̶i̶n̶o̶',
  '𝓬𝓪𝓼𝓲𝓷𝓸',
  'ⓒⓐⓢⓘⓝⓞ',
  'what an ass.',
])('a listed word is seen in %s', (text) => {
  expect(finds(text)).toBe(true)
})

test.each(['公共交通众多，号码不清', 'the class passes', 'casinos', '!!', '修桥', ''])('no listed word is seen in %s', (text) => {
  expect(finds(text)).toBe(false)
})

test('a list without words finds nothing', () => {
  expect(createWordFinder([])('anything')).toBe(false)
})

test.each([
  'https://example.com/a?b',
  'HTTP://例子.中国',
  '看 www.example.com',
  '看www.example.com吧',
  '加群example.cn领奖',
  'example。com',
  'example点com',
  'example 点 com',
  'example (dot) com',
  'ｅｘａｍｐｌｅ．ｃｏｍ',
  'exa\u200Bmple.com',
  'w w w . example . top',
  '47.93.12.8:8080/pay',
  'weixin://dl/business',
])('a link is seen in %s', (text) => {
  expect(linksIn(text)).not.toEqual([])
})

test.each(['见第1.2条。', '今年3.5万元，比去年多0.5。', '版本 1.2.3.4 的', '修桥。在河边', '上午9点come', '10.5公里', '好。中国加油'])(
  'no link is seen in %s',
  (text) => {
    expect(linksIn(text)).toEqual([])
  },
)

test.each([
  ['https://www.nanxun.gov.cn/a', true],
  ['见 nanxun.gov.cn。', true],
  ['https://gov.cn.example.com', false],
  ['nanxun.gov.cn 和 example.com', false],
  ['https://xgov.cn', false],
])('only what lies below an allowed domain is let through: %s', (text, allowed) => {
  expect(hasForeignLink(text, ['gov.cn'])).toBe(!allowed)
})

test.each([
  ['打 13812345678 找我', ['phone-number']],
  ['138-1234-5678', ['phone-number']],
  ['联系我 138-1234-5678 一起去看', ['phone-number']],
  ['１３８ １２３４ ５６７８', ['phone-number']],
  ['一三八一二三四五六七八', ['phone-number']],
  ['+86 138 1234 5678', ['phone-number']],
  ['0572-3012345', ['phone-number']],
  ['身份证11010519491231002X', ['id-number']],
  ['110105 19491231 002x', ['id-number']],
  ['110105194912310021', []],
  ['预算 1380000000 元', []],
  ['2026年11月23日 14:00', []],
  ['订单 913812345678901', []],
] as const)('personal numbers in %s', (text, expected) => {
  expect(personalIn(text)).toEqual(expected)
})

const prose =
  'The ferry stops at eight in the evening, and whoever comes back from the hospital in the city has to walk along the road in the dark. A later boat, or a bus from the other bridge, would help the old people of both villages very much, and the pupils too who board at school and come home on Fridays.'

test.each([
  ['😀'.repeat(40), true],
  ['哈'.repeat(60), true],
  ['！！！！？？？？。。。。……～～～～', true],
  ['asdasdasdasdasdasdasdasdasdasdasdasd', true],
  ['顶起来'.repeat(30), true],
  [prose, false],
  ['👍', false],
  ['好！！！', false],
  ['路灯不亮，请修一修 🙏🙏🙏', false],
  ['建议在渡口和公交站之间加一班摆渡车，早晚各两趟，方便老人看病、孩子上学。', false],
])('whether %s is noise: %s', (text, expected) => {
  expect(isNoise(text)).toBe(expected)
})

const original = '建议在渡口和公交站之间加一班摆渡车，早晚各两趟，方便老人看病、孩子上学'
const same = (other: string, share: number) => isLike(shapeOf(original)!, shapeOf(other)!, share)

test('near-identical texts are alike whatever stands between their characters, others are not', () => {
  expect(same(original, 1)).toBe(true)
  expect(same(original.replace(/，/g, ' ★ '), 1)).toBe(true)
  expect(same(`${original}！谢谢`, 0.8)).toBe(true)
  expect(same(original.replace('早晚各两趟', '早晚各三趟'), 0.8)).toBe(true)
  expect(same('界河的水质要有人管，两边的环保部门应当每个月一起取水化验并且公布结果', 0.2)).toBe(false)
  expect(same('渡口和公交站之间太远了，老人走不动，希望能有车接一下', 0.5)).toBe(false)
})

test('a text too short to be copied has no shape', () => {
  expect(shapeOf('支持修桥')).toBeNull()
  expect(shapeOf('！'.repeat(300))).toBeNull()
})

test('whatever is alike is found without comparing each with each, and nothing else', () => {
  const words = [...'公交车太少了请加密班次早高峰等半小时路灯坏了学校门口']
  const textArbitrary = fc.array(fc.constantFrom(...words), { minLength: 14, maxLength: 60 }).map((all) => all.join(''))
  const versionArbitrary = fc.tuple(fc.nat(3), fc.nat(60), fc.constantFrom(...words))
  fc.assert(
    fc.property(
      fc.array(textArbitrary, { minLength: 4, maxLength: 4 }),
      fc.array(versionArbitrary, { maxLength: 40 }),
      (bases, versions) => {
        const items = versions.map(([which, place, word]) => {
          const base = bases[which]!
          return { shape: shapeOf(base.slice(0, place) + word + base.slice(place)) }
        })
        const lookalikes = createLookalikes<(typeof items)[number]>()
        for (const item of items) lookalikes.add(item)
        const gone = items.filter((_, index) => index % 3 === 0)
        for (const item of gone) lookalikes.drop(item)
        for (const { shape } of items) {
          const alike = items.filter((item) => !gone.includes(item) && isLike(shape!, item.shape!, sameText))
          expect(new Set(lookalikes.of(shape!))).toEqual(new Set(alike))
        }
      },
    ),
    { numRuns: 40 },
  )
})
