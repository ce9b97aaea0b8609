import { groupLetter, type Opinion } from '../../shared/opinion.ts'
import { createConversation } from './conversation.ts'
import { writeCsv } from './csv.ts'
import { adjustedRand } from './likeness.ts'
import type { Comment, Exported } from './polis-files.ts'

const byId = (a: string, b: string) => Number(a) - Number(b) || a.localeCompare(b)

/**
 * The groups and the common ground of an exported conversation. Comments that moderation took out (`moderated` -1) are left out, as Pol.is does:
 * their votes count for nothing.
 */
export function reportOn({ comments, votes, groups, source }: Exported) {
  const conversation = createConversation()
  conversation.add(votes)
  const voted = new Set(votes.suggestions)
  const out = comments.filter(({ moderated, id }) => moderated === -1 && voted.has(id)).map(({ id }) => id)
  conversation.clear(out)
  const { opinion, places } = conversation.draw(new Set(), { zeroed: out.length })
  const placed = conversation.people
    .map((participant, row) => ({ participant, group: places.groupOf[row]! }))
    .filter(({ group }) => group >= 0)
    .sort((a, b) => byId(a.participant, b.participant))
  const texts = new Map(comments.map(({ id, text }) => [id, text]))
  return {
    placed,
    ranked: [...opinion.suggestions].sort((a, b) => b.consensus - a.consensus || byId(a.suggestionId, b.suggestionId)),
    texts,
    report: {
      format: 'yishi-opinion',
      version: 1,
      source,
      voteValues: { agree: 1, pass: 0, disagree: -1 },
      moderatedOut: out.sort(byId),
      comments: comments.length,
      likenessToExport: likeness(placed, groups),
      ...legible(opinion, comments),
    },
  }
}

/** How far the groups are those that the export names: the adjusted Rand index, 1 for the same. */
function likeness(placed: { participant: string; group: number }[], groups: ReadonlyMap<string, string>) {
  const both = placed.filter(({ participant }) => groups.has(participant))
  if (both.length < 2) return null
  const names = [...new Set(groups.values())]
  const ours = both.map(({ group }) => group)
  const theirs = both.map(({ participant }) => names.indexOf(groups.get(participant)!))
  return { participants: both.length, groups: new Set(theirs).size, adjustedRand: adjustedRand(ours, theirs) }
}

/** With the letters of the screen and the words of the comments. */
function legible(opinion: Opinion, comments: Comment[]) {
  const texts = new Map(comments.map(({ id, text }) => [id, text]))
  const worded = <T extends { suggestionId: string }>({ suggestionId, ...figures }: T) => ({
    commentId: suggestionId,
    text: texts.get(suggestionId) ?? '',
    ...figures,
  })
  return {
    voters: opinion.voters,
    votes: opinion.votes,
    placed: opinion.placed,
    votesToBePlaced: opinion.needed,
    silhouettes: opinion.silhouettes,
    groups: opinion.groups.map(({ representatives, ...group }) => ({
      ...group,
      letter: groupLetter(group.id),
      representatives: representatives.map(worded),
    })),
    majorities: opinion.majorities.map(worded),
    minorities: opinion.minorities.map(worded),
    commonGround: opinion.suggestions
      .filter(({ common }) => common)
      .sort((a, b) => b.consensus - a.consensus)
      .map(worded),
    knots: opinion.knots,
  }
}

export const groupsCsv = (placed: { participant: string; group: number }[]) =>
  writeCsv([['participant', 'group'], ...placed.map(({ participant, group }) => [participant, group])])

/** The highest group-informed consensus first. */
export function consensusCsv(ranked: Opinion['suggestions'], texts: ReadonlyMap<string, string>): string {
  const groups = ranked[0]?.byGroup.map(({ groupId }) => groupId) ?? []
  const ofGroup = groups.flatMap((id) => [`group-${id}-agrees`, `group-${id}-disagrees`, `group-${id}-passes`])
  return writeCsv([
    ['comment-id', 'consensus', 'common-ground', 'agrees', 'disagrees', 'passes', ...ofGroup, 'comment-body'],
    ...ranked.map(({ suggestionId, consensus, common, agrees, disagrees, passes, byGroup }) => [
      suggestionId,
      consensus,
      common ? 1 : 0,
      agrees,
      disagrees,
      passes,
      ...byGroup.flatMap((group) => [group.agrees, group.disagrees, group.passes]),
      texts.get(suggestionId) ?? '',
    ]),
  ])
}
