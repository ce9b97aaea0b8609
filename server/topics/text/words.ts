import { Jieba } from '@node-rs/jieba'
// CommonJS: its names are only there under the file's own name.
import { dict } from '@node-rs/jieba/dict.js'
import { amount, opposing, stopWords } from './stop-words.ts'
import { synonyms, wholeWords } from './synonyms.ts'

/** What a text is about, as far as it can be counted. */
export type Words = {
  /** Content words with how often each stands there; of several words for one thing the one that stands for all. */
  words: ReadonlyMap<string, number>
  /** Pairs of neighbouring Chinese characters: they see what the dictionary cuts differently or does not know. */
  pairs: ReadonlyMap<string, number>
  /** The words as they were written, for labels. */
  written: ReadonlyMap<string, string>
  /** Whether it asks for less of something or for its end. */
  opposes: boolean
  /** Which of several things of one kind is meant: route 18, building 3. */
  numbered: ReadonlySet<string>
}

export type ReadWords = (text: string) => Words

const han = /\p{Script=Han}+/gu
const number = /\d+(?=[路号栋幢弄组队期线巷单])/g
const word = /^[\p{L}\p{N}]+$/u
const link = /https?:\S+|www\.\S+/gi
/** Of a text of 1,000 characters the rest would only slow everybody down. */
const longest = 400

/** Loads the dictionary, which takes some 150 to 400 ms and 40 MB: once, in a thread of its own. */
export function createWordReader(): ReadWords {
  const jieba = Jieba.withDict(dict)
  jieba.loadDict(Buffer.from(wholeWords.map((whole) => `${whole} 20000 n`).join('\n')))
  return (text) => readWords(text, (clean) => jieba.cut(clean, false))
}

export function readWords(text: string, cut: (text: string) => string[]): Words {
  const clean = text.slice(0, longest).normalize('NFKC').toLowerCase().replace(link, ' ')
  const words = new Map<string, number>()
  const written = new Map<string, string>()
  for (const token of cut(clean)) {
    if (!word.test(token) || stopWords.has(token) || amount.test(token) || isLoneCharacter(token)) continue
    const stands = synonyms.get(token) ?? token
    words.set(stands, (words.get(stands) ?? 0) + 1)
    written.set(stands, written.get(stands) ?? token)
  }
  return { words, pairs: pairsOf(clean), written, opposes: opposing.test(clean), numbered: new Set(clean.match(number)) }
}

/** Two suggestions with the same words ask for different things when one is against it, or when they mean different numbers of it. */
export function mayBeSame(one: Pick<Words, 'opposes' | 'numbered'>, other: Pick<Words, 'opposes' | 'numbered'>): boolean {
  if (one.opposes !== other.opposes) return false
  return one.numbered.size === 0 || other.numbered.size === 0 || [...one.numbered].some((number) => other.numbered.has(number))
}

/** A single character of Chinese rarely means one thing; those that have synonyms do. */
const isLoneCharacter = (token: string) => token.length === 1 && !synonyms.has(token) && token !== '桥'

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>()
  for (const [run] of text.matchAll(han)) {
    for (let at = 0; at + 2 <= run.length; at++) {
      const pair = run.slice(at, at + 2)
      if (!stopWords.has(pair) && !(stopWords.has(pair[0]!) && stopWords.has(pair[1]!))) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
  }
  return pairs
}
