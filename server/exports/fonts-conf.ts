import { layout } from './layout.ts'

type Kind = keyof typeof layout.fonts

/** The free fonts that come nearest to those of official papers; the first that is installed is taken. */
const free: Record<Kind, string[]> = {
  body: ['FandolFang R', 'FandolFang', 'cwTeXFangSong', 'Noto Serif CJK SC', 'Source Han Serif SC'],
  title: ['Noto Serif CJK SC', 'Source Han Serif SC', 'AR PL UMing CN'],
  black: ['Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Zen Hei'],
  regular: ['AR PL UKai CN', 'FandolKai', 'cwTeXKai', 'Noto Serif CJK SC'],
  pageNumber: ['AR PL UMing CN', 'FandolSong', 'Noto Serif CJK SC'],
}

const kinds = Object.keys(free) as Kind[]
const family = (name: string) => `<family>${name}</family>`

const aliases = kinds.flatMap((kind) =>
  layout.fonts[kind].map((name) => {
    const others = [...layout.fonts[kind].filter((other) => other !== name), ...free[kind]]
    return `<alias binding="same">${family(name)}<accept>${others.map(family).join('')}</accept></alias>`
  }),
)

/** `fonts.conf` for fontconfig: what stands in for a font of official papers that is not installed. */
export const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${aliases.join('\n')}
</fontconfig>
`
