import { isDone, isWorking } from '../../shared/assignment-machine.ts'
import { colourOf, type Recommendation } from '../../shared/recommendations.ts'

export const stages = ['all', 'open', 'overdue', 'replied'] as const
export type Stage = (typeof stages)[number]

export const isStage = (name: string | null): name is Stage => stages.some((stage) => stage === name)

const inStage: Record<Stage, (one: Recommendation, now: Date) => boolean> = {
  all: () => true,
  open: ({ assignments }) =>
    assignments.length === 0 || assignments.some(({ status }) => isWorking(status)) || !assignments.some(({ status }) => isDone(status)),
  overdue: ({ assignments }, now) => assignments.some((assignment) => colourOf(assignment, now) === 'red'),
  replied: ({ assignments }) => assignments.some(({ status }) => isDone(status)) && assignments.every(({ status }) => !isWorking(status)),
}

/** Whether a recommendation is at a stage and has the text in what its row shows. */
export function matches(one: Recommendation, stage: Stage, text: string, now: Date): boolean {
  const shown = [one.number, one.title, one.meetingTitle, ...one.assignments.map(({ organizationName }) => organizationName)]
  const sought = text.trim().toLowerCase()
  return inStage[stage](one, now) && (sought === '' || shown.some((words) => words.toLowerCase().includes(sought)))
}
