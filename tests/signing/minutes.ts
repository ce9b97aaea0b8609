import type { MinutesNode } from '../../shared/minutes.ts'
import type { MinutesState } from '../../shared/minutes-stages.ts'
import { openEditor, write } from '../minutes/editors.ts'
import type { TestApp } from '../support/app.ts'
import { districts, inMeeting, inRegion, makeMeeting } from '../support/meetings.ts'
import { type Person, value } from '../support/people.ts'

/** Who signs for the two districts, and others of the same meetings. */
export async function makePeople(app: TestApp) {
  const [nanxun, wujiang] = await Promise.all([
    app.person({ name: '沈秘书', grants: [inRegion('secretary', districts.nanxun)] }),
    app.person({ name: '吴主持', grants: [inRegion('moderator', districts.wujiang)] }),
  ])
  return { nanxun, wujiang }
}

export const stateOf = (person: Person, meetingId: string) => person.get<MinutesState>(`/api/meetings/${meetingId}/minutes/state`)

export const textOf = async (app: TestApp, meetingId: string) => JSON.stringify(await app.services.minutes.document(meetingId))
export const blocksOf = async (app: TestApp, meetingId: string): Promise<MinutesNode[]> =>
  (await app.services.minutes.document(meetingId)).content ?? []

/** A joint meeting that has ended, with minutes of these paragraphs; gives their ids. */
export async function endedMeeting(app: TestApp, secretary: Person, ...paragraphs: string[]) {
  const meeting = await makeMeeting(secretary)
  const recorder = await app.person({ name: '陈记录', grants: [inMeeting('recorder', meeting.id)] })
  const editor = openEditor(app.url, recorder, meeting.id)
  await editor.loaded()
  const blockIds = paragraphs.map((words) => write(editor.doc, words))
  await editor.saved()
  editor.close()
  value(await secretary.post('meeting:end', { meetingId: meeting.id }))
  return { meetingId: meeting.id, recorder, blockIds }
}

/** The same, with its text standing: open to amendments and signatures. */
export async function amendingMeeting(app: TestApp, secretary: Person, ...paragraphs: string[]) {
  const ended = await endedMeeting(app, secretary, ...paragraphs)
  const { meetingId } = ended
  value(await secretary.post('minutes:to-draft', { meetingId }))
  const { contentHash } = value(await secretary.post('minutes:to-amending', { meetingId, despiteMissing: '试用会，不设议定事项' }))
  return { ...ended, contentHash: contentHash! }
}
