import { v7 } from 'uuid'
import { askedOf, type Ballot, type EvaluatorSide } from '../../shared/evaluation-rules.ts'
import type { Evaluation } from '../../shared/evaluations.ts'
import type { Meeting } from '../../shared/meetings.ts'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import { type Department, draftOf, issue, makeDepartment, post, replyTo, writeMinutes } from '../recommendations/outcomes.ts'
import type { TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

export type Hall = Awaited<ReturnType<typeof openHall>>

/** Two districts' secretariats, a department, and a meeting with minutes: what a reply needs to be judged. */
export async function openHall(app: TestApp) {
  await addRegions(app)
  const admin = await app.person({ grants: [inRegion('admin', '')] })
  const secretary = await app.person({ name: '南浔秘书', grants: [inRegion('secretary', districts.nanxun)] })
  const partner = await app.person({ name: '吴江秘书', grants: [inRegion('secretary', districts.wujiang)] })
  const member = await app.person({ name: '委员', grants: [inRegion('member', districts.nanxun)] })
  const transport = await makeDepartment(app, admin, districts.nanxun, '交通局')
  const meeting = await makeMeeting(secretary)
  const moderator = await app.person({ grants: [inMeeting('moderator', meeting.id)] })
  const blockIds = await writeMinutes(app, secretary, meeting, ['同意增开晚间渡船。'])
  return { app, admin, secretary, partner, member, moderator, transport, meeting, blockIds }
}

type Answered = { recommendation: Recommendation; assignment: Assignment; suggestionIds: string[]; receipt: string }

/** A recommendation from one suggestion, given to the transport department and signed for. */
export async function signedFor({ app, secretary, transport, meeting, blockIds }: Hall): Promise<Answered> {
  const posted = await post(await app.visitor(), meeting as Meeting, `渡口晚上加一班船 ${v7()}`)
  const recommendation = value(await secretary.post('recommendation:create', draftOf(meeting, blockIds, [posted])))
  const assignment = await issue(secretary, recommendation, transport.organization)
  value(await transport.handler.post('assignment:sign', { assignmentId: assignment.id }))
  return { recommendation, assignment, suggestionIds: [posted.suggestion.id], receipt: posted.receipt }
}

/** The department answers, and the secretariat finds it complete. */
export async function answer(
  { secretary, transport }: { secretary: Person; transport: Department },
  { assignment, suggestionIds }: Answered,
  item: Partial<Reply['items'][number]> = {},
) {
  value(await transport.handler.post('assignment:reply', replyTo(assignment.id, suggestionIds, item)))
  value(await secretary.post('assignment:accept', { assignmentId: assignment.id }))
}

/** A recommendation whose reply was accepted, and so is to be judged. */
export async function judged(hall: Hall, item: Partial<Reply['items'][number]> = {}) {
  const given = await signedFor(hall)
  await answer(hall, given, item)
  const [evaluation] = await evaluationsOf(hall.secretary, given.assignment.id)
  return { ...given, evaluation: evaluation! }
}

export const evaluationsOf = (person: Person, assignmentId: string) =>
  person.get<Evaluation[]>(`/api/assignments/${assignmentId}/evaluations`)

export const statusOf = async (person: Person, { assignment }: Pick<Answered, 'assignment'>) =>
  (await person.get<Recommendation>(`/api/recommendations/${assignment.recommendationId}`)).assignments.find(
    ({ id }) => id === assignment.id,
  )!

export const ballotFor = (side: EvaluatorSide, grade: Ballot['grade'] = 'A', mark = 5): Ballot => ({
  grade,
  marks: Object.fromEntries(askedOf[side].map((question) => [question, mark])),
  words: grade === 'C' ? '晚间仍无班次' : '',
})

/** The proposer and the department say what they think in this round. */
export async function judge(hall: Hall, assignmentId: string, grade: Ballot['grade'] = 'A') {
  for (const [person, side] of [
    [hall.secretary, 'proposer'],
    [hall.transport.handler, 'department'],
  ] as const) {
    const open = (await evaluationsOf(person, assignmentId)).at(-1)!
    const { evaluatorId } = open.mine.find((one) => one.side === side)!
    value(await person.post('evaluation:give', { evaluatorId, ...ballotFor(side, side === 'proposer' ? grade : 'A') }))
  }
}

/** Judges, and closes. */
export async function conclude(hall: Hall, assignmentId: string, grade: Ballot['grade'] = 'A'): Promise<Evaluation> {
  await judge(hall, assignmentId, grade)
  const { id: evaluationId } = (await evaluationsOf(hall.secretary, assignmentId)).at(-1)!
  return value(await hall.secretary.post('evaluation:close', { evaluationId }))
}
