import { parentPort } from 'node:worker_threads'
import { v7 } from 'uuid'
import { stepBack } from '../transport/threads.ts'
import { answerers, type Request } from './engine-requests.ts'
import { categoryOf } from './lexicon.ts'
import { createSimilarIndex } from './text/similar.ts'
import { groupThemes } from './text/themes.ts'
import { createWordReader, type Words } from './text/words.ts'

// A thread of its own: reading the dictionary and comparing thousands of texts must not make a meeting's events wait.

stepBack()

const keptTexts = 20_000
const keptIndexes = 50

const readWords = createWordReader()
const known = new Map<string, Words>()
const indexes = new Map<string, ReturnType<typeof createSimilarIndex>>()

function wordsOf(text: string): Words {
  const words = known.get(text) ?? readWords(text)
  known.set(text, words)
  if (known.size > keptTexts) known.delete(known.keys().next().value!)
  return words
}

const answers = answerers({
  group({ documents, pins, before, labels, lexicon }) {
    const grouping = groupThemes(
      documents.map(({ id, text }) => ({ id, words: wordsOf(text) })),
      { pins: new Map(pins), before: new Map(before), labels: new Map(labels) },
      v7,
    )
    return { ...grouping, categories: documents.map(({ id, text }) => [id, categoryOf(text, lexicon)]) }
  },
  index({ meetingId, documents }) {
    indexes.delete(meetingId)
    indexes.set(meetingId, createSimilarIndex(documents.map(({ id, text }) => ({ id, words: wordsOf(text) }))))
    if (indexes.size > keptIndexes) indexes.delete(indexes.keys().next().value!)
    return null
  },
  similar({ meetingId, text }) {
    // Half-written texts are many and never come again: they are not kept.
    return indexes.get(meetingId)?.(readWords(text)) ?? null
  },
})

parentPort?.on('message', ({ turn, request }: { turn: number; request: Request }) => {
  parentPort?.postMessage({ turn, answer: answers(request) })
})
