import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyForm, type MinutesForm, type PaperNumber } from '../../shared/minutes-form.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { addRegions, districts, inMeeting, makeMeeting } from '../support/meetings.ts'
import { failure, type Person, value } from '../support/people.ts'
import { amendingMeeting, makePeople, stateOf } from './minutes.ts'

let app: TestApp
let nanxun: Person
let wujiang: Person
beforeAll(async () => {
  app = await startApp()
  await addRegions(app)
  ;({ nanxun, wujiang } = await makePeople(app))
})
afterAll(() => app?.close())

const { nanxun: south, wujiang: north } = districts
const numbered = (prefix: string, serial: number): MinutesForm => ({ ...emptyForm, number: { prefix, year: 2026, serial } })
const formOf = (person: Person, meetingId: string) =>
  person.get<{ form: MinutesForm | null; proposed: PaperNumber }>(`/api/meetings/${meetingId}/minutes/form`)

async function signBoth(meetingId: string) {
  const { contentHash, formHash } = await stateOf(nanxun, meetingId)
  const wish = { meetingId, contentHash: contentHash!, ...(formHash && { formHash }) }
  value(await nanxun.post('minutes:sign', { ...wish, regionCode: south }))
  return value(await wujiang.post('minutes:sign', { ...wish, regionCode: north }))
}
const papers = async (meetingId: string, form = 'md') => (await nanxun.fetch(`/api/meetings/${meetingId}/export/minutes.${form}`)).text()

test('the form stands where the standard puts it, with the text as every region signed it', async () => {
  const { meetingId, recorder } = await amendingMeeting(app, nanxun, '同意共测界河水质')
  expect((await formOf(recorder, meetingId)).form).toBeNull()
  const form: MinutesForm = {
    ...numbered('湖协纪', 3),
    senders: ['政协南浔区委员会', '政协吴江区委员会'],
    recipients: ['南浔区水利局'],
    copies: ['湖州市政协'],
    urgency: 'urgent',
    printedOn: '2026-12-01',
  }
  expect(value(await recorder.post('minutes:set-form', { meetingId, form })).form).toEqual(form)
  expect(await papers(meetingId)).toContain('湖协纪〔2026〕3号（未签署稿）')
  await signBoth(meetingId)
  for (const words of [await papers(meetingId), await papers(meetingId, 'html')])
    for (const said of [
      '加急',
      '湖协纪〔2026〕3号',
      '南浔区水利局：',
      '政协南浔区委员会',
      '政协吴江区委员会',
      '抄送：湖州市政协。',
      '2026年12月1日印发',
    ])
      expect(words).toContain(said)
  expect(await papers(meetingId)).not.toContain('未签署')
  expect(failure(await recorder.post('minutes:set-form', { meetingId, form: emptyForm })).reason).toBe('minutes-locked')
  const { code } = await nanxun.get<{ code: string }>(`/api/meetings/${meetingId}`)
  expect(await (await app.stranger().fetch(`/minutes/${code}`)).text()).toContain('湖协纪〔2026〕3号')
})

test('another form ends the signatures given before it, and nobody signs a form that they did not see', async () => {
  const { meetingId, contentHash } = await amendingMeeting(app, nanxun, '一')
  const wish = { meetingId, regionCode: south, contentHash }
  value(await nanxun.post('minutes:sign', wish))
  value(await wujiang.post('minutes:set-form', { meetingId, form: numbered('吴协纪', 1) }))
  const { signatures, formHash } = await stateOf(nanxun, meetingId)
  expect(signatures).toEqual([])
  expect(failure(await nanxun.post('minutes:sign', wish)).reason).toBe('content-moved')
  expect(failure(await nanxun.post('minutes:sign', { ...wish, formHash: 'e'.repeat(64) })).reason).toBe('content-moved')
  const signed = value(await nanxun.post('minutes:sign', { ...wish, formHash: formHash! }))
  // The same again changes nothing, and takes nobody's signature away.
  value(await wujiang.post('minutes:set-form', { meetingId, form: numbered('吴协纪', 1) }))
  expect(await stateOf(nanxun, meetingId)).toEqual(signed)
})

test('a number is given once, and the next one is proposed by what the region used last', async () => {
  const [first, second] = [await makeMeeting(nanxun), await makeMeeting(nanxun)]
  value(await nanxun.post('minutes:set-form', { meetingId: first.id, form: numbered('浔协纪', 7) }))
  expect((await formOf(nanxun, second.id)).proposed).toMatchObject({ prefix: '浔协纪', serial: 8 })
  expect(failure(await nanxun.post('minutes:set-form', { meetingId: second.id, form: numbered('浔协纪', 7) }))).toMatchObject({
    code: 'conflict',
    reason: 'number-taken',
  })
  value(await nanxun.post('minutes:set-form', { meetingId: second.id, form: numbered('浔协纪', 8) }))
  value(await nanxun.post('minutes:set-form', { meetingId: second.id, form: { ...numbered('浔协纪', 8), urgency: 'very-urgent' } }))
})

test('minutes for participants alone are nobody else’s to read', async () => {
  const { meetingId, recorder } = await amendingMeeting(app, nanxun, '只供参会人')
  value(await recorder.post('minutes:set-form', { meetingId, form: { ...emptyForm, audience: 'participants' } }))
  await signBoth(meetingId)
  const { code } = await nanxun.get<{ code: string }>(`/api/meetings/${meetingId}`)
  for (const path of [`/minutes/${code}`, `/minutes/${code}/1/minutes.docx`, `/minutes/${code}/1/minutes.json`]) {
    expect((await app.stranger().fetch(path)).status, path).toBe(401)
    expect((await app.person({}).then((person) => person.fetch(path))).status, path).toBe(403)
    expect((await recorder.fetch(path)).status, path).toBe(200)
  }
  // It says who may, and not that nothing is there; of what is not there it does not.
  const pageOf = async (person: Person, address: string) => (await person.fetch(address)).text()
  const [toStranger, english] = [await pageOf(app.stranger(), `/minutes/${code}`), await pageOf(app.stranger(), `/minutes/${code}?lang=en`)]
  for (const words of ['只供参会人阅读', `href="/sign-in?from=${encodeURIComponent(`/minutes/${code}`)}"`])
    expect(toStranger).toContain(words)
  expect(english).toContain('These minutes are for the participants alone')
  const toOther = await pageOf(await app.person({}), `/minutes/${code}`)
  expect([toOther.includes('只供参会人阅读'), toOther.includes('/sign-in')]).toEqual([true, false])
  expect((await app.stranger().fetch(`/minutes/${code}/2`)).status).toBe(404)
  expect(await app.stranger().get(`/api/meetings/${meetingId}/minutes/published`)).toEqual([])
})

test('only those who write the minutes fill in their form', async () => {
  const { id: meetingId } = await makeMeeting(nanxun)
  const member = await app.person({ grants: [inMeeting('member', meetingId)] })
  for (const person of [member, await app.visitor(), app.stranger(), await app.person({ grants: [inMeeting('recorder', v7())] })])
    expect(failure(await person.post('minutes:set-form', { meetingId, form: emptyForm })).code).toMatch(/^not-/)
  expect((await formOf(member, meetingId)).form).toBeNull()
  await expect(formOf(app.stranger(), meetingId)).rejects.toMatchObject({ status: 401 })
  const bad = { ...emptyForm, number: { prefix: '', year: 2026, serial: 0 } }
  expect(failure(await nanxun.post('minutes:set-form', { meetingId, form: bad })).code).toBe('invalid-input')
  expect(failure(await nanxun.post('minutes:set-form', { meetingId: v7(), form: emptyForm })).code).toBe('not-found')
})
