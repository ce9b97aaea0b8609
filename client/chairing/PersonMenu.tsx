import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DeviceSource, Participant } from '../../shared/media.ts'
import { useGroupMenu } from '../breakouts/useGroupMenu.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useFailureText } from '../ui/useFailureText.ts'
import { useChairingHere } from './ChairingContext.tsx'

type Items = NonNullable<MenuProps['items']>

/** What the chair's side can do to one person. */
export function PersonMenu({ person }: { person: Participant }) {
  const { t } = useTranslation()
  const { mayChair } = useChairingHere()
  const say = useSay()
  const items = [...useHolding(person), ...useOffices(person), ...useGroupMenu(person, say), ...useRemoving(person)]
  if (!mayChair || items.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" icon={<MoreOutlined aria-hidden />} aria-label={t('chairing.person.menu', { name: person.name })} />
    </Dropdown>
  )
}

/** A menu is gone when the answer comes: what was refused is said beside it. */
function useSay() {
  const { message } = App.useApp()
  const textOf = useFailureText()
  return (result: { ok: true } | { ok: false; error: Parameters<typeof textOf>[0] }) => {
    if (!result.ok) message.error(textOf(result.error))
  }
}

const holding = {
  microphone: { close: 'mute', letGo: 'letMicrophone' },
  camera: { close: 'stopCamera', letGo: 'letCamera' },
} as const satisfies Record<DeviceSource, object>

function useHolding({ id, meetingId, heldByChair }: Participant): Items {
  const { t } = useTranslation()
  const { selfId } = useFacts()
  const hold = useCommand('room:hold')
  const say = useSay()
  if (id === selfId) return []
  return (['microphone', 'camera'] as const).map((source) => {
    const held = !heldByChair.includes(source)
    const whom = { kind: 'participant', participantId: id } as const
    return {
      key: source,
      label: t(`chairing.person.${holding[source][held ? 'close' : 'letGo']}`),
      onClick: () => void hold.send({ meetingId, whom, source, held }).then(say),
    }
  })
}

function useOffices({ id, accountId, meetingId, mayChair }: Participant): Items {
  const { t } = useTranslation()
  const { selfId, meeting } = useFacts()
  const { chairing, learnChairing } = useChairingHere()
  const handOver = useCommand('chair:hand-over')
  const seat = useCommand('chair:seat')
  const say = useSay()
  if (!mayChair || !chairing) return []
  const known = (answer: ReturnType<typeof seat.send>) =>
    void answer.then((result) => (result.ok ? learnChairing(result.value) : say(result)))
  const chair: Items =
    chairing.chair?.accountId === accountId
      ? []
      : [
          {
            key: 'chair',
            label: t(id === selfId ? 'chairing.person.takeChair' : 'chairing.person.handOver'),
            onClick: () => known(handOver.send({ meetingId, participantId: id })),
          },
        ]
  const seats: Items = meeting.regions.map(({ code, path }) => {
    const sits = chairing.secondChairs.some((one) => one.regionCode === code && one.accountId === accountId)
    return {
      key: `seat-${code}`,
      label: t(sits ? 'chairing.person.unseat' : 'chairing.person.seat', { region: path.at(-1) ?? '' }),
      onClick: () => known(seat.send({ meetingId, regionCode: code, participantId: sits ? null : id })),
    }
  })
  return [...chair, ...seats]
}

function useRemoving({ id, meetingId, name, mayChair }: Participant): Items {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { selfId } = useFacts()
  const remove = useCommand('room:remove')
  const say = useSay()
  if (mayChair || id === selfId) return []
  const ask = (bar: boolean) =>
    modal.confirm({
      title: t('chairing.person.removeTitle', { name }),
      content: t(bar ? 'chairing.person.barText' : 'chairing.person.removeText'),
      okText: t(bar ? 'chairing.person.bar' : 'chairing.person.remove'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: async () => say(await remove.send({ meetingId, participantId: id, bar })),
    })
  return [
    { type: 'divider' },
    { key: 'remove', label: t('chairing.person.remove'), onClick: () => ask(false) },
    { key: 'bar', label: t('chairing.person.bar'), danger: true, onClick: () => ask(true) },
  ]
}
