import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { floorModes } from '../../shared/floor.ts'
import { floorRules } from '../../shared/floor-order.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useFloor } from './useFloor.ts'

/** By which rules the floor is given: everybody reads them, the chair sets them. */
export function FloorRules() {
  const { t } = useTranslation()
  const { floor, presides } = useFacts()
  const { mode, rule } = useFloor()
  return (
    <section className="floor-rules">
      {presides && (
        <>
          <Segmented
            block
            aria-label={t('floor.mode.title')}
            value={floor.mode}
            disabled={mode.pending}
            options={floorModes.map((value) => ({ value, label: t(`floor.mode.${value}`) }))}
            onChange={(value) => void mode.send(value)}
          />
          <Segmented
            block
            aria-label={t('floor.rule.title')}
            value={floor.rule}
            disabled={rule.pending}
            options={floorRules.map((value) => ({ value, label: t(`floor.rule.${value}`) }))}
            onChange={(value) => void rule.send(value)}
          />
        </>
      )}
      <p className="soft small">
        <b>{t(`floor.mode.${floor.mode}`)}</b> {t(`floor.mode.${floor.mode}Text`)}
      </p>
      <p className="soft small">
        <b>{t(`floor.rule.${floor.rule}`)}</b> {t(`floor.rule.${floor.rule}Text`)}
      </p>
      <FailureNote failure={mode.failure ?? rule.failure} />
    </section>
  )
}
