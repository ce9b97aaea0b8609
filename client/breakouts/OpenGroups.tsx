import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type BreakoutNote, breakoutExtensions } from '../../shared/breakouts.ts'
import type { Participant } from '../../shared/media.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Announce } from './Announce.tsx'
import { Countdown } from './Countdown.tsx'
import { GroupNote, unwritten } from './GroupNote.tsx'
import { type Round, useRoundCommands } from './useRound.ts'

type Notes = { notes: ReadonlyMap<string, BreakoutNote>; learn: (note: BreakoutNote) => void }

/** The groups that meet: the chair visits them, tells them, gives them time and calls them back; others see who is where. */
export function OpenGroups({ round, mayChair, notes, learn }: { round: Round; mayChair: boolean } & Notes) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { go } = useRoundCommands()
  const outside = round.peopleIn(null)
  return (
    <>
      <div className="row">
        <h2 className="panel-title grow">{t('breakouts.title')}</h2>
        <Countdown endsAt={round.endsAt} />
      </div>
      {mayChair && <TimeButtons round={round} />}
      {mayChair && <Announce round={round} />}
      {round.groups.map((group) => {
        const mine = round.mine?.id === group.id
        const topic = meeting.agenda.find(({ id }) => id === group.agendaItemId)?.title
        const note = notes.get(group.id) ?? unwritten(round, group.id)
        return (
          <section key={group.id} className={mine ? 'group group-mine' : 'group'} aria-label={group.name}>
            <div className="row">
              <h3 className="grow">
                {group.name}
                {topic && <span className="soft small"> {topic}</span>}
              </h3>
              {mine ? (
                <span className="soft small">{t(mayChair ? 'breakouts.here' : 'breakouts.mine')}</span>
              ) : (
                mayChair && (
                  <Button
                    size="small"
                    type="primary"
                    loading={go.pending}
                    aria-label={t('breakouts.visitOf', { group: group.name })}
                    onClick={() => void go.send({ breakoutId: round.id, groupId: group.id })}
                  >
                    {t('breakouts.visit')}
                  </Button>
                )
              )}
              {mine && mayChair && (
                <Button size="small" loading={go.pending} onClick={() => void go.send({ breakoutId: round.id, groupId: null })}>
                  {t('breakouts.leaveGroup')}
                </Button>
              )}
            </div>
            <Names people={round.peopleIn(group.id)} />
            <GroupNote note={note} name={group.name} mayWrite={mine || mayChair} learn={learn} />
          </section>
        )
      })}
      {outside.length > 0 && (
        <section className="group">
          <h3>{t('breakouts.outside', { count: outside.length })}</h3>
          <Names people={outside} />
        </section>
      )}
      <FailureNote failure={go.failure} />
    </>
  )
}

function Names({ people }: { people: readonly Participant[] }) {
  const { t } = useTranslation()
  return (
    <p className="small group-people">
      {people.length === 0
        ? t('breakouts.nobody')
        : people.map(({ name, siteName }) => (siteName ? `${name}（${siteName}）` : name)).join('、')}
    </p>
  )
}

function TimeButtons({ round: { id: breakoutId, endsAt } }: { round: Round }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { extend, close } = useRoundCommands()
  const ask = () =>
    modal.confirm({
      title: t('breakouts.closeTitle'),
      content: t('breakouts.closeText'),
      okText: t('breakouts.close'),
      cancelText: t('common.cancel'),
      onOk: async () => void (await close.send({ breakoutId })),
    })
  return (
    <>
      <div className="row group-time">
        {breakoutExtensions.map((minutes) => (
          <Button key={minutes} size="small" loading={extend.pending} onClick={() => void extend.send({ breakoutId, minutes, endsAt })}>
            {t('breakouts.extend', { minutes })}
          </Button>
        ))}
        <Button size="small" danger loading={close.pending} onClick={ask}>
          {t('breakouts.close')}
        </Button>
      </div>
      <FailureNote failure={extend.failure ?? close.failure} />
    </>
  )
}
