import { Button, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { extensionMinutes, type Speech } from '../../shared/floor.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useFloor } from './useFloor.ts'

/** More minutes for the speech in progress. */
export function ExtendButtons({ speech }: { speech: Speech }) {
  const { t } = useTranslation()
  const { extend } = useFloor()
  return (
    <div>
      <Space.Compact>
        {extensionMinutes.map((minutes) => (
          <Button
            key={minutes}
            size="small"
            disabled={extend.pending}
            title={t('floor.extendBy', { count: minutes })}
            onClick={() => void extend.send(speech, minutes)}
          >
            <span aria-hidden>{t('floor.extendShort', { minutes })}</span>
            <span className="visually-hidden">{t('floor.extendBy', { count: minutes })}</span>
          </Button>
        ))}
      </Space.Compact>
      <FailureNote failure={extend.failure} />
    </div>
  )
}
