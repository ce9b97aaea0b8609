import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isParted } from '../../shared/breakouts.ts'
import type { FloorRequest } from '../../shared/floor.ts'
import { useFacts } from '../media/RoomContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { formatLength } from './lengths.ts'
import { useFloor } from './useFloor.ts'

/** Who waits, in the order of the rule, with the figures that it goes by. */
export function Queue() {
  const { t } = useTranslation()
  const { floor, participants, selfId, presides, breakout } = useFacts()
  const { give, withdraw } = useFloor()
  const { requests } = floor
  const isHere = ({ participantId }: FloorRequest) => participants.get(participantId)?.present ?? false
  const next = requests.find(isHere)
  return (
    <section>
      <h2 className="panel-title">{t('floor.queue', { count: requests.length })}</h2>
      {requests.length === 0 && <p className="soft">{t('floor.emptyQueue')}</p>}
      <ol className="plain-list queue">
        {requests.map((request, index) => (
          <li key={request.id} className="queue-item">
            <span className="queue-place">{index + 1}</span>
            <div className="grow">
              <b>{request.name}</b>
              <div className="soft small">
                {[t(`floor.kind.${request.kind}`), request.siteName, !isHere(request) && t('floor.absent')].filter(Boolean).join(' · ')}
              </div>
              <Figures request={request} />
            </div>
            {(presides || request.participantId === selfId) && (
              <Button
                type="text"
                icon={<CloseOutlined aria-hidden />}
                loading={withdraw.pending}
                aria-label={t('floor.withdrawOf', { name: request.name })}
                title={t('floor.withdraw')}
                onClick={() => void withdraw.send(request.id)}
              />
            )}
            {presides && !isParted(breakout) && (
              <Button
                type={request === next ? 'primary' : 'default'}
                disabled={!isHere(request)}
                loading={give.pending}
                onClick={() => void give.send(request.id)}
              >
                {t('floor.give')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <FailureNote failure={give.failure ?? withdraw.failure} />
    </section>
  )
}

/** Why somebody stands where they do. */
function Figures({ request: { standing, regionCode, siteName } }: { request: FloorRequest }) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const region = regionCode === null ? undefined : meeting.regions.find(({ code }) => regionCode.startsWith(code))
  const level = region ? [2, 4, 6, 9, 12].indexOf(region.code.length) : -1
  const used = (seconds: number) => formatLength(seconds * 1_000)
  const figures = [
    standing.firstTime ? t('floor.figures.first') : t('floor.figures.person', { length: used(standing.personSeconds) }),
    siteName && t('floor.figures.site', { length: used(standing.siteSeconds) }),
    region && t('floor.figures.region', { region: region.path.at(-1), length: used(standing.regionSeconds[level] ?? 0) }),
  ]
  return <div className="soft small queue-figures">{figures.filter(Boolean).join(' · ')}</div>
}
