import { plainOf, skeletonOf } from './skeleton.ts'

/**
 * Finds listed words in texts. Chinese words are found whatever stands between their characters; Latin ones only as whole words
 * (`ass` is not in `class`), but also with spaces or stars between the letters.
 */
export function createWordFinder(words: readonly string[]) {
  const skeletons = [...new Set(words.map(skeletonOf))].filter((word) => word.length > 0)
  const latin = skeletons.filter((word) => /^[a-z0-9]+$/.test(word)).map(patternOf)
  const others = skeletons.filter((word) => !/^[a-z0-9]+$/.test(word))
  return (text: string): boolean => {
    if (skeletons.length === 0) return false
    const skeleton = skeletonOf(text)
    if (others.some((word) => skeleton.includes(word))) return true
    if (latin.length === 0) return false
    const plain = plainOf(text)
    return latin.some((pattern) => pattern.test(plain))
  }
}

const patternOf = (word: string) => new RegExp(`(?<![a-z0-9])${[...word].join('[^\\p{L}\\p{N}]{0,2}')}(?![a-z0-9])`, 'u')
