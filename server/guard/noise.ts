import { plainOf } from './skeleton.ts'

/** What says less than this many characters is short, not noise: 👍 and 好！！！ are answers. */
const longEnough = 16
/** English prose of 1,000 characters has some 350 different pairs of neighbours, Chinese some 900. */
const fewestPairs = 0.12

/** Dear to make, and without a state of its own. */
const segmenter = new Intl.Segmenter('zh')

/** Whether a long text says nothing: symbols and emoji for the most part, or the same few characters over and over. */
export function isNoise(text: string): boolean {
  const letters = [...segmenter.segment(plainOf(text).replace(/\s/g, ''))].map(({ segment }) => segment)
  if (letters.length < longEnough) return false
  const words = letters.filter((letter) => /^[\p{L}\p{N}]/u.test(letter)).length
  const pairs = new Set(letters.slice(1).map((letter, place) => letters[place]! + letter))
  return words / letters.length < 0.3 || new Set(letters).size <= 3 || pairs.size / letters.length < fewestPairs
}
