import { App, Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { dealable, hasNames, planFrom, ways } from './planning.ts'
import { useDraft } from './useDraft.ts'
import { useRoundCommands } from './useRound.ts'

/** The chair thinks out groups and opens them. */
export function GroupPlanner() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { meeting, participants, selfId } = useFacts()
  const drafting = useDraft()
  const { draft, change } = drafting
  const { open } = useRoundCommands()
  // Pressed again after a lost answer, it opens the same round.
  const [id] = useState(() => v7())
  const people = [...participants.values()]
  const named = hasNames(draft)
  const empty = draft.way !== 'site' && dealable(people).length === 0

  const ask = () =>
    modal.confirm({
      title: t('breakouts.plan.openTitle'),
      content: t('breakouts.plan.openText', { minutes: draft.minutes }),
      okText: t('breakouts.plan.open'),
      cancelText: t('common.cancel'),
      onOk: async () =>
        void (await open.send({ id, meetingId: meeting.id, minutes: draft.minutes, plan: planFrom(draft, people, selfId) })),
    })
  return (
    <section className="stack" aria-label={t('breakouts.plan.open')}>
      <Segmented
        block
        aria-label={t('breakouts.plan.how')}
        value={draft.way}
        options={ways.map((value) => ({ value, label: t(`breakouts.plan.by.${value}`) }))}
        onChange={(way) => change({ way })}
      />
      <p className="soft small">{t(`breakouts.plan.hint.${draft.way}`)}</p>
      <div className="group-numbers">
        <label htmlFor="group-count">
          {t('breakouts.plan.count')}
          <InputNumber
            id="group-count"
            min={1}
            max={drafting.mostGroups}
            precision={0}
            value={draft.groups.length}
            onChange={(count) => count && drafting.setCount(count)}
          />
        </label>
        <label htmlFor="group-minutes">
          {t('breakouts.plan.minutes')}
          <InputNumber
            id="group-minutes"
            min={1}
            max={240}
            precision={0}
            value={draft.minutes}
            onChange={(minutes) => minutes && change({ minutes })}
          />
        </label>
      </div>
      <Names {...drafting} />
      <Assignments {...drafting} />
      {draft.way === 'site' && (
        <Checkbox checked={draft.stayOut} onChange={(event) => change({ stayOut: event.target.checked })}>
          {t('breakouts.plan.stayOut')}
        </Checkbox>
      )}
      {!named && (
        <p role="alert" className="groups-wrong">
          {t('breakouts.plan.namesTwice')}
        </p>
      )}
      {empty && <p className="soft">{t('breakouts.plan.nobody')}</p>}
      <FailureNote failure={open.failure} />
      <Button type="primary" disabled={!named || empty} loading={open.pending} onClick={ask}>
        {t('breakouts.plan.open')}
      </Button>
    </section>
  )
}

type Drafting = ReturnType<typeof useDraft>

function Names({ draft, changeGroup }: Drafting) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const topics = [
    { value: '', label: t('breakouts.plan.freeTopic') },
    ...meeting.agenda.map(({ id, title }) => ({ value: id, label: title })),
  ]
  return (
    <ul className="plain-list group-names">
      {draft.groups.map(({ id, name, agendaItemId }, index) => (
        <li key={id}>
          <Input
            aria-label={t('breakouts.plan.nameOf', { place: index + 1 })}
            maxLength={40}
            value={name}
            onChange={(event) => changeGroup(index, { name: event.target.value })}
          />
          <Select
            aria-label={t('breakouts.plan.topicOf', { place: index + 1 })}
            value={agendaItemId ?? ''}
            options={topics}
            onChange={(value) => changeGroup(index, { agendaItemId: value || null })}
          />
        </li>
      ))}
    </ul>
  )
}

/** Who belongs where: sites, or people; dealt out evenly there is nothing to choose. */
function Assignments({ draft, putInto }: Drafting) {
  const { t } = useTranslation()
  const { meeting, participants } = useFacts()
  const none = -1
  const choices = [
    { value: none, label: t('breakouts.plan.none') },
    ...draft.groups.map(({ name }, value) => ({ value, label: name || String(value + 1) })),
  ]
  if (draft.way === 'even') return null
  const bySite = draft.way === 'site'
  const whose = bySite ? 'siteGroups' : 'personGroups'
  const lines = bySite
    ? meeting.sites.map(({ id, name }) => ({ id, name, label: t('breakouts.plan.siteGroup', { site: name }) }))
    : [...participants.values()]
        .filter(({ present }) => present)
        .map(({ id, name, siteName }) => ({
          id,
          name: [name, siteName].filter(Boolean).join(' · '),
          label: t('breakouts.plan.personGroup', { name }),
        }))
  return (
    <ul className="plain-list group-places">
      {lines.map(({ id, name, label }) => (
        <li key={id}>
          <span className="grow">{name}</span>
          <Select
            aria-label={label}
            value={draft[whose].get(id) ?? none}
            options={choices}
            onChange={(value) => putInto(whose, id, value === none ? null : value)}
          />
        </li>
      ))}
    </ul>
  )
}
