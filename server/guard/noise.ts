import { plainOf } from './skeleton.ts'

/** What says less than this many characters is short, not noise: 👍 and 好！！！ are answers. */
const longEnough = 16
/** English prose of 1,000 characters has some 350 different pairs of neighbours, Chinese some 900. */
const fewestPairs = 0.12

/** Dear to make, and without a state of its own. */
const segmenter = new Intl.Segmenter('zh')
/** Each character of these stands for itself: no marks, no joiners, no halves of something else. */
const plain = /^[\u0021-\u007e\u3001-\u3029\u4e00-\u9fff]*$/
const lettersOf = (text: string) => (plain.test(text) ? [...text] : [...segmenter.segment(text)].map(({ segment }) => segment))

/** Whether a long text says nothing: symbols and emoji for the most part, or the same few characters over and over. */
export function isNoise(text: string): boolean {
  const letters = lettersOf(plainOf(text).replace(/\s/g, ''))
  if (letters.length < longEnough) return false
  const words = letters.filter((letter) => /^[\p{L}\p{N}]/u.test(letter)).length
  const pairs = new Set(letters.slice(1).map((letter, place) => letters[place]! + letter))
  return words / letters.length < 0.3 || new Set(letters).size <= 3 || pairs.size / letters.length < fewestPairs
}
