import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined, WifiOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { probeLine } from './probe.ts'
import { type LineFigures, type Verdict, verdictOf } from './verdict.ts'

type State = { name: 'idle' } | { name: 'running' } | { name: 'done'; line: LineFigures | null } | { name: 'failed'; failure: Failure }

const icons: Record<Verdict, typeof WifiOutlined> = {
  good: CheckCircleOutlined,
  fair: ExclamationCircleOutlined,
  poor: ExclamationCircleOutlined,
  blocked: CloseCircleOutlined,
}

/** Tries the way to the media server and back, before anybody waits for one's voice. */
export function LineCheck({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const { ask } = useConnection()
  const [state, setState] = useState<State>({ name: 'idle' })

  async function run() {
    setState({ name: 'running' })
    const result = await probeLine(ask, meetingId).catch(() => ({ ok: true as const, value: null }))
    setState(result.ok ? { name: 'done', line: result.value } : { name: 'failed', failure: result.error })
  }
  return (
    <div className="line-check">
      <Button icon={<WifiOutlined aria-hidden />} loading={state.name === 'running'} onClick={() => void run()}>
        {t('media.check.line')}
      </Button>
      <div role="status">
        {state.name === 'running' && <span className="small">{t('media.check.lineRunning')}</span>}
        {state.name === 'done' && <Outcome line={state.line} />}
      </div>
      <FailureNote failure={state.name === 'failed' ? state.failure : null} />
    </div>
  )
}

function Outcome({ line }: { line: LineFigures | null }) {
  const { t } = useTranslation()
  const verdict = verdictOf(line)
  const Icon = icons[verdict]
  return (
    <p className={`line-verdict line-verdict-${verdict}`} data-testid="line-verdict">
      <Icon aria-hidden /> <b>{t(`media.verdict.${verdict}`)}</b>
      <span>{t(`media.advice.${verdict}`)}</span>
      {line && (
        <span className="small soft">
          {t('media.check.figures', { roundTrip: line.roundTripMs, loss: line.lossPercent, protocol: line.protocol.toUpperCase() })}
        </span>
      )}
    </p>
  )
}
