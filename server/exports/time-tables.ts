import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import { type Paper, tableBlock } from './paper.ts'
import { durationOnPaper, words } from './words.ts'

/** How the time was shared out, as an attachment of the minutes; none where nobody was given the word. */
export function timeTables({ persons, sites, regions }: SpeakingTimes): Paper['attachments'] {
  if (persons.length === 0) return []
  const { name, place, times, spoken, budget } = words
  const timesOf = ({ seconds, speeches }: { seconds: number; speeches: number }) => [String(speeches), durationOnPaper(seconds)]
  const budgetOf = (minutes: number | null) => (minutes === null ? words.noBudget : words.budgetOf(minutes))
  return [
    {
      title: words.speakingTimes,
      blocks: [
        tableBlock(
          words.bySite,
          [name, times, spoken, budget],
          sites.map((site) => [site.name, ...timesOf(site), budgetOf(site.budgetMinutes)]),
        ),
        tableBlock(
          words.byRegion,
          [name, times, spoken],
          regions.map((region) => [region.name, ...timesOf(region)]),
        ),
        tableBlock(
          words.byPerson,
          [name, place, times, spoken],
          persons.map((person) => [person.name, person.siteName ?? '', ...timesOf(person)]),
        ),
      ],
    },
  ]
}
