/**
 * The figures of GB/T 9704-2012 (党政机关公文格式), with the clause that each is from. Lengths are in millimetres, sizes of
 * type in points: 二号 22, 三号 16, 四号 14.
 */
export const layout = {
  /** 5.1: A4. */
  page: { width: 210, height: 297 },
  /** 5.2.1: head 37 ± 1, binding edge 28 ± 1, type area 156 × 225; hence 26 at the other edge and 35 at the foot. */
  margin: { top: 37, left: 28, right: 26, bottom: 35 },
  typeArea: { width: 156, height: 225 },
  /** 5.2.3: 22 lines of 28 characters fill the type area. */
  lines: 22,
  characters: 28,
  /** 7.2.4, 10.3: from the head of the type area to the upper edge of the mark. */
  markDrop: 35,
  /** 7.2.7: from the number to the red line. */
  ruleDrop: 4,
  /** 7.5: from the type area to the dashes beside the page number. */
  pageNumberDrop: 7,
  /** 7.4.1: the outer and the inner lines of the colophon. */
  colophonRules: { outer: 0.35, inner: 0.25 },
  sizes: { mark: 36, title: 22, body: 16, small: 14, note: 10.5 },
  /** 5.2.2, 7.2.4, 7.3.1, 7.3.3, 7.5: by what each is called, and by what it is called elsewhere. */
  fonts: {
    body: ['仿宋_GB2312', '仿宋', 'FangSong', 'STFangsong'],
    title: ['方正小标宋简体', '小标宋', 'FZXiaoBiaoSong-B05S', 'STZhongsong', '华文中宋'],
    black: ['黑体', 'SimHei', 'STHeiti'],
    regular: ['楷体_GB2312', '楷体', 'KaiTi', 'STKaiti'],
    pageNumber: ['宋体', 'SimSun', 'STSong'],
  },
  red: 'E60012',
} as const

const pointsPerMillimetre = 72 / 25.4

/** 5.2.3: from one line to the next, in points. */
export const linePitch = (layout.typeArea.height / layout.lines) * pointsPerMillimetre

/** 7.3.5.2: how far the names and the date stand from the right edge, in characters. */
export function signatureIndents(lastBody: string, date: string): { body: number; date: number } {
  const body = widthOf(lastBody)
  const day = widthOf(date)
  // The date begins two characters behind the name; one that is longer keeps its two characters, and the name moves.
  return day > body ? { body: day - body + 4, date: 2 } : { body: 2, date: body - day }
}

/** In Chinese characters: digits and Latin letters take half of one. */
const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0)

/** Words in lines of at most so many characters, the further ones by so many shorter; no line begins with a mark that closes. */
export function linesOfWidth(text: string, width: number, hanging: number): string[] {
  const lines = ['']
  for (const character of text) {
    const line = lines.at(-1)!
    const fits = widthOf(line + character) <= (lines.length > 1 ? width - hanging : width)
    if (fits || closing.test(character)) lines[lines.length - 1] = line + character
    else lines.push(character)
  }
  return lines
}

/** What may not begin a line. */
export const closing = /^[，。、；：？！）》」』”’〕％]/
