import { CommentOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { isParted } from '../../shared/breakouts.ts'
import { floorRequestKinds } from '../../shared/floor.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useFloor } from './useFloor.ts'

/** Asks for the floor, takes the request back, or ends one's own speech: whichever is next. */
export function AskToSpeak() {
  const { t } = useTranslation()
  const { floor, selfId, breakout } = useFacts()
  const { request, withdraw, end } = useFloor()
  const mine = floor.requests.find((one) => one.participantId === selfId)
  const kinds = floorRequestKinds.map((kind) => ({ key: kind, label: t(`floor.kind.${kind}`), onClick: () => void request.send(kind) }))
  // In groups everybody speaks.
  if (isParted(breakout)) return null
  return (
    <>
      <div className="bar-notes">
        <FailureNote failure={request.failure ?? withdraw.failure ?? end.failure} />
      </div>
      {floor.current?.participantId === selfId ? (
        <BarButton word={t('floor.endOwn')} pending={end.pending} onClick={() => void end.send()} />
      ) : mine ? (
        <BarButton word={t('floor.withdraw')} pending={withdraw.pending} onClick={() => void withdraw.send(mine.id)} />
      ) : (
        <Dropdown trigger={['click']} placement="top" menu={{ items: kinds }}>
          <Button
            size="large"
            type="primary"
            icon={<CommentOutlined aria-hidden />}
            loading={request.pending}
            aria-label={t('floor.request')}
          >
            <span className="bar-word">{t('floor.request')}</span>
          </Button>
        </Dropdown>
      )}
    </>
  )
}

function BarButton({ word, pending, onClick }: { word: string; pending: boolean; onClick: () => void }) {
  return (
    <Button size="large" icon={<CommentOutlined aria-hidden />} loading={pending} aria-label={word} onClick={onClick}>
      <span className="bar-word">{word}</span>
    </Button>
  )
}
