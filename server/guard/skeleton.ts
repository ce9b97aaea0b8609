import { Converter } from 'opencc-js/t2cn'

// How a text looks to a rule: without whatever people put between and around the letters so that a rule does not see them.

/** Half and full width, ligatures, circled and styled letters become the plain ones, capitals small; what has no glyph goes. */
export const plainOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    // Accents and strokes over Latin letters: `a̶` and `á` are read as `a`. In other scripts marks are letters.
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')

const simplified = Converter({ from: 't', to: 'cn' })

/** Only letters and digits, in simplified characters, so that `公 眾★號` is `公众号`. */
export const skeletonOf = (text: string) => simplified(plainOf(text).replace(/[^\p{L}\p{N}]/gu, ''))

const digits: Record<string, string> = {
  〇: '0',
  零: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

/**
 * Digits as they are dialled, with nothing of what is put between groups: as they stand, and with Chinese numerals as digits too.
 * Both, since in `138 1234 5678 一起` the `一` belongs to the next word.
 */
export function dialledOf(text: string): [string, string] {
  const plain = plainOf(text)
  return [joined(plain), joined(plain.replace(/[〇零一幺二两三四五六七八九]/g, (numeral) => digits[numeral]!))]
}

const joined = (text: string) => text.replace(/(?<=[0-9])[^\p{L}\p{N}\n,，、;；]+(?=[0-9x])/gu, '')
