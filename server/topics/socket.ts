import type { Handlers, Readers } from '../../shared/commands.ts'
import type { themeCommands, themeQueries } from '../../shared/themes.ts'
import type { topicCommands, topicQueries } from '../../shared/topics.ts'
import type { voiceQueries } from '../../shared/voice.ts'
import type { createTopics } from './topics.ts'

type Topics = ReturnType<typeof createTopics>

export const topicHandlers = ({ themes, topics }: Topics): Handlers<typeof themeCommands & typeof topicCommands> => ({
  'theme:confirm': themes.confirm,
  'theme:rename': themes.rename,
  'theme:move': themes.move,
  'theme:split': themes.split,
  'theme:merge': themes.merge,
  'topic:accept': topics.accept,
  'topic:dismiss': topics.dismiss,
  'lexicon:save': topics.saveLexicon,
})

export const topicReaders = ({
  themes,
  topics,
  similar,
  voice,
}: Topics): Readers<typeof themeQueries & typeof topicQueries & typeof voiceQueries> => ({
  themes: themes.list,
  'theme-suggestions': themes.suggestionsOf,
  similar: similar.find,
  topics: topics.list,
  topic: topics.get,
  lexicon: topics.lexicon,
  voice: voice.picture,
})
