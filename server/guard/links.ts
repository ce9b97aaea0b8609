import { plainOf } from './skeleton.ts'

const endings =
  'com|cn|net|org|gov|edu|info|biz|top|xyz|vip|club|shop|site|online|icu|work|wang|ink|ltd|pro|app|dev|live|link|cc|me|tv|io|co|hk|tw|ru|us|uk|jp|in|中国|公司|网络|在线|网址'

const host = new RegExp(
  `(?<![\\p{L}\\p{N}.-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:${endings})(?![\\p{L}\\p{N}-])`,
  'gu',
)
// In a Chinese sentence nothing stands before an address that is no letter: only Latin letters can be told from the words around them.
const latinHost = new RegExp(`(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:${endings})(?![a-z0-9-])`, 'g')
const scheme = /(?:https?|ftp|weixin|alipays?):\/\/?([\p{L}\p{N}.-]*)/gu
const address = /(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]+|\/)/g

/** Dots as people disguise them: `example。com`, `example 点 com`, `example (dot) com`, `w w w . example . com`. */
const undisguised = (text: string) =>
  plainOf(text)
    .replace(/[。｡․‧・]/g, '.')
    .replace(/\s*[([{<【]?\s*(?:dot|点)\s*[)\]}>】]?\s*(?=[a-z])/g, '.')
    .replace(/(?<=[a-z0-9])\s*\.\s*(?=[a-z0-9])/g, '.')
    .replace(/(?<![a-z])w\s*w\s*w(?=[\s.])\s*/g, 'www')

/** The addresses that a text leads to, in whatever disguise. */
export function linksIn(text: string): string[] {
  const plain = undisguised(text)
  const found = [
    ...[...plain.matchAll(scheme)].map(([whole, host]) => host || whole),
    ...[host, latinHost, address].flatMap((pattern) => [...plain.matchAll(pattern)].map(([whole]) => whole)),
  ]
  return [...new Set(found.map((one) => one.replace(/[:/]+$/, '')))]
}

/** Whether an address is of one of these domains or below it. */
const isWithin = (address: string, domains: readonly string[]) =>
  domains.some((domain) => address === domain || address.endsWith(`.${domain}`))

/** Whether a text leads somewhere that the domains which are let through do not cover. */
export const hasForeignLink = (text: string, domains: readonly string[]) => linksIn(text).some((address) => !isWithin(address, domains))
