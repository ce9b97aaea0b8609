import { dialledOf } from './skeleton.ts'

/** A mobile number of the mainland, or a fixed line with its area code. */
const phone = /(?<![0-9])(?:(?:0086|86)?1[3-9][0-9]{9}|0[1-9][0-9]{1,2}[2-8][0-9]{6,7})(?![0-9])/

const idCard = /(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x](?![0-9])/g

// Weights and check characters of GB 11643-1999 (ISO 7064, MOD 11-2).
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10x98765432'

const isIdNumber = (number: string) =>
  checks[weights.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0) % 11] === number[17]

/** Whether a text names somebody's telephone or identity card: for a person to decide, since some are meant to be there. */
export function personalIn(text: string): ('phone-number' | 'id-number')[] {
  const readings = dialledOf(text)
  const id = readings.some((dialled) => [...dialled.matchAll(idCard)].some(([number]) => isIdNumber(number)))
  const called = readings.some((dialled) => phone.test(dialled))
  return [...(called ? (['phone-number'] as const) : []), ...(id ? (['id-number'] as const) : [])]
}
