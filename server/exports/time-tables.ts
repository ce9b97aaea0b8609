import type { SpeakingTimes } from '../../shared/speaking-times.ts'
import type { PaperBlock } from './paper.ts'
import { durationOnPaper, words } from './words.ts'

/** How the time was shared out, as an annex of the minutes; nothing where nobody was given the word. */
export function timeTables({ persons, sites, regions }: SpeakingTimes): PaperBlock[] {
  if (persons.length === 0) return []
  const spoken = ({ seconds, speeches }: { seconds: number; speeches: number }) => [String(speeches), durationOnPaper(seconds)]
  return [
    { kind: 'heading', level: 1, text: words.speakingTimes },
    {
      kind: 'table',
      title: words.bySite,
      head: [words.name, words.times, words.spoken, words.budget],
      rows: sites.map((site) => [
        site.name,
        ...spoken(site),
        site.budgetMinutes === null ? words.noBudget : words.budgetOf(site.budgetMinutes),
      ]),
    },
    {
      kind: 'table',
      title: words.byRegion,
      head: [words.name, words.times, words.spoken],
      rows: regions.map((region) => [region.name, ...spoken(region)]),
    },
    {
      kind: 'table',
      title: words.byPerson,
      head: [words.name, words.place, words.times, words.spoken],
      rows: persons.map((person) => [person.name, person.siteName ?? '', ...spoken(person)]),
    },
  ]
}
