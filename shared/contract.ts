import { type AmendmentEvents, amendmentCommands, amendmentQueries } from './amendments.ts'
import { auditQueries } from './audit.ts'
import { type BreakoutEvents, breakoutCommands, breakoutQueries } from './breakouts.ts'
import { bundleQueries } from './bundle.ts'
import { type ChairingEvents, chairingCommands, chairingQueries } from './chairing.ts'
import { clockCommands, clockQueries } from './clocks.ts'
import type { CommandEvents } from './commands.ts'
import { type ConversationEvents, conversationCommands, conversationQueries } from './conversations.ts'
import { evaluationCommands, evaluationQueries } from './evaluations.ts'
import { exportQueries } from './exports.ts'
import { type FloorEvents, floorCommands, floorQueries } from './floor.ts'
import { type GuardEvents, guardCommands, guardQueries } from './guard.ts'
import { identityCommands, identityQueries } from './identity.ts'
import { ledgerCommands, ledgerQueries } from './ledger.ts'
import { lookBackCommands, lookBackQueries } from './look-backs.ts'
import { type MediaEvents, mediaCommands } from './media.ts'
import { type MeetingEvents, meetingCommands, meetingQueries } from './meetings.ts'
import { minutesQueries } from './minutes.ts'
import { minutesFormCommands, minutesFormQueries } from './minutes-form.ts'
import { minutesPublishedQueries } from './minutes-published.ts'
import { type MinutesSectionEvents, minutesSectionCommands, minutesSectionQueries } from './minutes-sections.ts'
import { type MinutesStageEvents, minutesStageCommands, minutesStageQueries } from './minutes-stages.ts'
import { minutesTemplateCommands, minutesTemplateQueries } from './minutes-template.ts'
import { minutesVersionCommands, minutesVersionQueries } from './minutes-versions.ts'
import { type NotificationEvents, notificationCommands, notificationQueries } from './notifications.ts'
import { type OpinionEvents, opinionQueries } from './opinion.ts'
import { outcomeCommands, outcomeQueries } from './outcomes.ts'
import { photoCommands } from './photos.ts'
import { type PollEvents, pollCommands, pollQueries } from './polls.ts'
import { type ProposalEvents, proposalCommands, proposalQueries } from './proposals.ts'
import { type QueueEvents, queueCommands, queueQueries } from './queue.ts'
import { receiptLetterCommands } from './receipt-letters.ts'
import { type RecommendationEvents, recommendationCommands, recommendationQueries } from './recommendations.ts'
import { type RecordingEvents, recordingCommands, recordingQueries } from './recording.ts'
import { regionCommands, regionQueries } from './regions.ts'
import { reviewerCommands, reviewerQueries } from './reviewers.ts'
import { settingCommands, settingQueries } from './settings.ts'
import { type StageEvents, stageCommands, stageQueries } from './stage.ts'
import { stanceCommands, stanceQueries } from './stances.ts'
import { stationCommands, stationQueries } from './stations.ts'
import { stillQueries } from './stills.ts'
import { type SuggestionEvents, suggestionCommands, suggestionQueries } from './suggestions.ts'
import { type ThemeEvents, themeCommands, themeQueries } from './themes.ts'
import { topicCommands, topicQueries } from './topics.ts'
import { voiceQueries } from './voice.ts'
import { type VoteEvents, voteCommands, voteQueries } from './votes.ts'
import { webhookCommands, webhookQueries } from './webhooks.ts'

/** Everything that can be asked for. A new domain adds a line to each of these. */
export const commands = {
  ...identityCommands,
  ...regionCommands,
  ...settingCommands,
  ...notificationCommands,
  ...webhookCommands,
  ...meetingCommands,
  ...stationCommands,
  ...mediaCommands,
  ...recordingCommands,
  ...floorCommands,
  ...chairingCommands,
  ...voteCommands,
  ...breakoutCommands,
  ...guardCommands,
  ...photoCommands,
  ...suggestionCommands,
  ...receiptLetterCommands,
  ...queueCommands,
  ...pollCommands,
  ...stanceCommands,
  ...stageCommands,
  ...themeCommands,
  ...topicCommands,
  ...minutesStageCommands,
  ...minutesFormCommands,
  ...minutesSectionCommands,
  ...minutesTemplateCommands,
  ...clockCommands,
  ...minutesVersionCommands,
  ...amendmentCommands,
  ...recommendationCommands,
  ...proposalCommands,
  ...reviewerCommands,
  ...outcomeCommands,
  ...conversationCommands,
  ...evaluationCommands,
  ...lookBackCommands,
  ...ledgerCommands,
}
export type Commands = typeof commands
export type CommandName = keyof Commands

/** Everything that can be read. */
export const queries = {
  ...identityQueries,
  ...regionQueries,
  ...settingQueries,
  ...notificationQueries,
  ...webhookQueries,
  ...meetingQueries,
  ...stationQueries,
  ...floorQueries,
  ...recordingQueries,
  ...chairingQueries,
  ...voteQueries,
  ...breakoutQueries,
  ...guardQueries,
  ...suggestionQueries,
  ...queueQueries,
  ...pollQueries,
  ...stanceQueries,
  ...stageQueries,
  ...stillQueries,
  ...themeQueries,
  ...topicQueries,
  ...voiceQueries,
  ...opinionQueries,
  ...minutesQueries,
  ...minutesStageQueries,
  ...minutesPublishedQueries,
  ...minutesFormQueries,
  ...minutesSectionQueries,
  ...minutesTemplateQueries,
  ...clockQueries,
  ...minutesVersionQueries,
  ...amendmentQueries,
  ...recommendationQueries,
  ...proposalQueries,
  ...reviewerQueries,
  ...outcomeQueries,
  ...conversationQueries,
  ...evaluationQueries,
  ...lookBackQueries,
  ...ledgerQueries,
  ...exportQueries,
  ...bundleQueries,
  ...auditQueries,
}
export type Queries = typeof queries
export type QueryName = keyof Queries

/** News of a meeting. It travels in frames of one tick: `['suggestion:changed', {…}]` pairs in the order they happened. */
export type News = MeetingEvents &
  FloorEvents &
  RecordingEvents &
  SuggestionEvents &
  QueueEvents &
  PollEvents &
  StageEvents &
  OpinionEvents &
  ThemeEvents &
  MinutesStageEvents &
  MinutesSectionEvents &
  AmendmentEvents &
  RecommendationEvents &
  ProposalEvents &
  NotificationEvents &
  ConversationEvents &
  MediaEvents &
  ChairingEvents &
  VoteEvents &
  BreakoutEvents &
  GuardEvents
export type NewsName = keyof News
export type NewsItem = { [K in NewsName]: [name: K, payload: Parameters<News[K]>[0]] }[NewsName]

export type ClientToServer = CommandEvents<Commands>
export type ServerToClient = {
  news: (items: NewsItem[]) => void
  /** What is for this connection alone (a consumer made for it, a session that was revoked). */
  direct: (name: string, payload: unknown) => void
}
