import { beginsWithZeros, bitsOf, proofParts, proofText } from '../../shared/proof.ts'

const sliceMs = 12
const pauses = 64

/** Works out a challenge, in slices, so that the page stays usable meanwhile; about a second on a cheap phone. */
export async function solve(challenge: string): Promise<string> {
  const bits = bitsOf(challenge)
  const answer = [challenge]
  let until = performance.now() + sliceMs
  for (let part = 0; part < proofParts; part++) {
    let number = 0
    while (!beginsWithZeros(firstWordOf(proofText(challenge, part, number)), bits)) {
      number++
      if (number % pauses === 0 && performance.now() > until) {
        await new Promise((resolve) => setTimeout(resolve))
        until = performance.now() + sliceMs
      }
    }
    answer.push(String(number))
  }
  return answer.join(' ')
}

// SHA-256 (FIPS 180-4). Browsers have their own only where the page came over HTTPS, which a hall's own network may not offer.
const roots = (power: number, count: number) => {
  const words: number[] = []
  for (let candidate = 2; words.length < count; candidate++) {
    let divisor = 2
    while (candidate % divisor) divisor++
    if (divisor === candidate) words.push((candidate ** power * 2 ** 32) | 0)
  }
  return words
}
const start = roots(1 / 2, 8)
const constants = roots(1 / 3, 64)
const words = new Int32Array(64)

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

/** The first 32 bits of the SHA-256 of at most 55 ASCII characters. */
export function firstWordOf(message: string): number {
  words.fill(0, 0, 16)
  for (let place = 0; place < message.length; place++) words[place >> 2]! |= message.charCodeAt(place) << (24 - (place % 4) * 8)
  words[message.length >> 2]! |= 0x80 << (24 - (message.length % 4) * 8)
  words[15] = message.length * 8
  let [a, b, c, d, e, f, g, h] = start as [number, number, number, number, number, number, number, number]
  for (let round = 0; round < 64; round++) {
    if (round > 15) {
      const near = words[round - 2]!
      const far = words[round - 15]!
      words[round] =
        (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)) +
        words[round - 7]! +
        (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
        words[round - 16]!
    }
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[round]! + words[round]!) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  return (a + start[0]!) | 0
}
