import { v7 } from 'uuid'
import type { Meeting } from '../../shared/meetings.ts'
import type { Assignment, Recommendation, Reply } from '../../shared/recommendations.ts'
import type { Organization } from '../../shared/regions.ts'
import type { PostedSuggestion } from '../../shared/suggestions.ts'
import { openEditor, write } from '../minutes/editors.ts'
import type { TestApp } from '../support/app.ts'
import { inOrganization } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

/** Writes paragraphs into the minutes, as a recorder does; gives their ids. */
export async function writeMinutes(app: TestApp, recorder: Person, meeting: Meeting, paragraphs: string[]): Promise<string[]> {
  const editor = openEditor(app.url, recorder, meeting.id)
  await editor.loaded()
  const blockIds = paragraphs.map((words) => write(editor.doc, words))
  await editor.saved()
  editor.close()
  return blockIds
}

export const post = async (person: Person, meeting: Meeting, text: string): Promise<PostedSuggestion> =>
  value(await person.post('suggestion:post', { id: v7(), meetingId: meeting.id, text }))

export type Department = Awaited<ReturnType<typeof makeDepartment>>

/** A department of a region, small enough for one person to handle what it is given and to sign its answers. */
export async function makeDepartment(app: TestApp, admin: Person, regionCode: string, name: string) {
  const organization: Organization = value(await admin.post('organization:create', { id: v7(), regionCode, name, kind: 'department' }))
  const grants = [inOrganization('handler', organization.id), inOrganization('head', organization.id)]
  return { organization, handler: await app.person({ name: `${name}承办人`, grants }) }
}

/** Somebody of a department who handles, and has no right to sign an answer. */
export const clerkOf = (app: TestApp, { organization }: Department) =>
  app.person({ name: `${organization.name}科员`, grants: [inOrganization('handler', organization.id)] })

export const draftOf = (meeting: Meeting, blockIds: string[], suggestions: PostedSuggestion[] = []) => ({
  id: v7(),
  meetingId: meeting.id,
  title: '增开晚间渡船',
  body: '建议两地在晚间各增开一班渡船。',
  suggestionIds: suggestions.map(({ suggestion }) => suggestion.id),
  blockIds,
})

export async function issue(
  secretary: Person,
  { id: recommendationId }: Recommendation,
  organization: Organization,
  part: Assignment['part'] = 'lead',
): Promise<Assignment> {
  const id = v7()
  const { assignments } = value(await secretary.post('assignment:issue', { id, recommendationId, organizationId: organization.id, part }))
  return assignments.find((assignment) => assignment.id === id)!
}

/** An answer to each of these suggestions. */
export const replyTo = (assignmentId: string, suggestionIds: string[], changes: Partial<Reply['items'][number]> = {}) => ({
  id: v7(),
  assignmentId,
  text: '已安排增开班次。',
  items: suggestionIds.map((suggestionId) => ({
    suggestionId,
    outcome: 'adopted' as const,
    grade: 'A' as const,
    text: '十二月起实行',
    ...changes,
  })),
})
