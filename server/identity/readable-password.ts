import { randomInt } from 'node:crypto'

// Nothing that is misread for another letter or digit, and no vowel that a hand writes like another.
const consonants = 'bdfghjkmnprstvz'
const vowels = 'aeio'
const pick = (letters: string) => letters.charAt(randomInt(letters.length))

/** A random password that can be read out and typed, such as `kavo-teri-sumo-daki-27`: 4 groups of about 11.8 bits and two digits, 53 bits in all. */
export function readablePassword(): string {
  const group = () => pick(consonants) + pick(vowels) + pick(consonants) + pick(vowels)
  return [group(), group(), group(), group(), String(randomInt(10, 100))].join('-')
}
