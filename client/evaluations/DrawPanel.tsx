import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { v7 } from 'uuid'
import { type DrawCounts, evaluatorCategories } from '../../shared/draw.ts'
import type { Evaluation } from '../../shared/evaluations.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** The draw of evaluators from outside: fixing the pool, then the public number. */
export function DrawPanel({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation()
  const { draw } = evaluation
  if (draw?.drawn)
    return (
      <p>
        <Link to={`/draws/${draw.id}`}>{t('evaluations.draw.page')}</Link>
      </p>
    )
  return (
    <details className="evaluation-draw" open={draw !== null}>
      <summary>{t('evaluations.draw.title')}</summary>
      {draw ? <Reveal drawId={draw.id} /> : <Prepare evaluationId={evaluation.id} />}
    </details>
  )
}

function Prepare({ evaluationId }: { evaluationId: string }) {
  const { t } = useTranslation()
  const prepare = useCommand('draw:prepare')
  const [id] = useState(() => v7())
  const none: DrawCounts = { member: 0, worthy: 0, expert: 0, 'third-party': 0 }
  async function submit({ counts, announced }: { counts: DrawCounts; announced: string }) {
    await prepare.send({ id, evaluationId, counts, announced })
  }
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ counts: none }} onFinish={submit}>
      <p className="soft">
        {t('evaluations.draw.intro')} <Link to="/admin?tab=evaluators">{t('evaluations.draw.pool')}</Link>
      </p>
      <div className="draw-counts">
        {evaluatorCategories.map((category) => (
          <Form.Item
            key={category}
            name={['counts', category]}
            label={t('evaluations.draw.count', { category: t(`evaluations.category.${category}`) })}
          >
            <InputNumber min={0} max={50} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        ))}
      </div>
      <Form.Item
        name="announced"
        label={t('evaluations.draw.announced')}
        extra={t('evaluations.draw.announcedHelp')}
        rules={[{ required: true, whitespace: true, message: t('evaluations.draw.announcedMissing') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <FailureNote failure={prepare.failure} />
      <Button htmlType="submit" loading={prepare.pending}>
        {t('evaluations.draw.prepare')}
      </Button>
    </Form>
  )
}

function Reveal({ drawId }: { drawId: string }) {
  const { t } = useTranslation()
  const { data } = useQueryOf('draw', { drawId })
  const reveal = useCommand('draw:reveal')
  async function submit({ publicSeed }: { publicSeed: string }) {
    await reveal.send({ drawId, publicSeed })
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit}>
      <p>
        {t('evaluations.draw.waiting')} · <Link to={`/draws/${drawId}`}>{t('evaluations.draw.page')}</Link>
      </p>
      {data && (
        <p className="soft">
          {t('evaluations.draw.announced')}：{data.announced}
        </p>
      )}
      <Form.Item
        name="publicSeed"
        label={t('evaluations.draw.publicSeed')}
        extra={t('evaluations.draw.publicSeedHelp')}
        rules={[{ required: true, whitespace: true, message: t('evaluations.draw.publicSeedMissing') }]}
      >
        <Input maxLength={100} style={{ maxWidth: 360 }} />
      </Form.Item>
      <FailureNote failure={reveal.failure} />
      <Button htmlType="submit" loading={reveal.pending}>
        {t('evaluations.draw.reveal')}
      </Button>
    </Form>
  )
}
