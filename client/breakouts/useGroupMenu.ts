import type { MenuProps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Participant } from '../../shared/media.ts'
import { useRound, useRoundCommands } from './useRound.ts'

/** For the chair's menu on a person: into which group to move them. */
export function useGroupMenu(
  person: Participant,
  say: (result: Awaited<ReturnType<ReturnType<typeof useRoundCommands>['place']['send']>>) => void,
) {
  const { t } = useTranslation()
  const round = useRound()
  const { place } = useRoundCommands()
  if (!round || !person.present) return []
  const now = round.groupOfPerson(person)
  const move = (groupId: string | null) => void place.send({ breakoutId: round.id, participantId: person.id, groupId }).then(say)
  const items: NonNullable<MenuProps['items']> = round.groups
    .filter(({ id }) => id !== now?.id)
    .map(({ id, name }) => ({ key: `group-${id}`, label: t('breakouts.move', { group: name }), onClick: () => move(id) }))
  if (now) items.push({ key: 'group-none', label: t('breakouts.moveOut'), onClick: () => move(null) })
  return [{ type: 'divider' as const }, ...items]
}
