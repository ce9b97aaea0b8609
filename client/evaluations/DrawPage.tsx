import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { drawScript, evaluatorCategories } from '../../shared/draw.ts'
import type { Draw } from '../../shared/evaluations.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { isRight } from './isRight.ts'
import './evaluations.css'

/** A draw as everybody may check it: how it went, who was drawn, and two ways to do it again. */
export function DrawPage() {
  const { drawId = '' } = useParams()
  return <Loaded of={useQueryOf('draw', { drawId })}>{(draw) => <Shown draw={draw} />}</Loaded>
}

const nameOf = ({ pool }: Draw, id: string) => pool.find((one) => one.id === id)?.name ?? id

function Shown({ draw }: { draw: Draw }) {
  const { t } = useTranslation()
  const { recommendation, organizationName: department } = draw
  return (
    <section className="page page-narrow">
      <PageHead
        title={t('evaluations.drawPage.title')}
        sub={<span className="soft">{t('evaluations.drawPage.of', { ...recommendation, department })}</span>}
      />
      <div className="stack stack-wide">
        <Sheet title={t('evaluations.drawPage.drawn')}>
          {draw.publicSeed === null ? <p>{t('evaluations.drawPage.wait')}</p> : <Drawn draw={draw} />}
        </Sheet>
        <Sheet title={t('evaluations.drawPage.steps')}>
          <Facts draw={draw} />
        </Sheet>
        {draw.publicSeed !== null && draw.secret !== null && (
          <Sheet title={t('evaluations.drawPage.check')}>
            <Check draw={draw} publicSeed={draw.publicSeed} secret={draw.secret} />
          </Sheet>
        )}
        <Sheet title={t('evaluations.drawPage.pool')}>
          <Pool draw={draw} />
        </Sheet>
      </div>
    </section>
  )
}

function Drawn({ draw }: { draw: Draw }) {
  const { t } = useTranslation()
  return (
    <>
      {evaluatorCategories.map((category) => {
        const own = draw.drawn.filter((id) => draw.pool.some((one) => one.id === id && one.category === category))
        return (
          own.length > 0 && (
            <p key={category}>
              <span className="soft">{t(`evaluations.category.${category}`)}：</span>
              <strong>{own.map((id) => nameOf(draw, id)).join('、')}</strong>
            </p>
          )
        )
      })}
      {draw.replaced.map(({ candidateId, reason, byCandidateId }) => (
        <p key={candidateId} className="soft">
          {t('evaluations.drawPage.replaced', { name: nameOf(draw, candidateId), reason, by: nameOf(draw, byCandidateId) })}
        </p>
      ))}
    </>
  )
}

function Facts({ draw }: { draw: Draw }) {
  const { t } = useTranslation()
  const later = <span className="soft">{t('evaluations.drawPage.notYet')}</span>
  return (
    <dl className="draw-facts">
      <dt>{t('evaluations.drawPage.preparedAt')}</dt>
      <dd>
        <When at={draw.preparedAt} />
      </dd>
      <dt>{t('evaluations.drawPage.poolHash')}</dt>
      <dd className="hash">{draw.poolHash}</dd>
      <dt>{t('evaluations.drawPage.commitment')}</dt>
      <dd className="hash">{draw.commitment}</dd>
      <dt>{t('evaluations.drawPage.announced')}</dt>
      <dd>{draw.announced}</dd>
      <dt>{t('evaluations.drawPage.drawnAt')}</dt>
      <dd>{draw.drawnAt ? <When at={draw.drawnAt} /> : later}</dd>
      <dt>{t('evaluations.drawPage.publicSeed')}</dt>
      <dd>{draw.publicSeed ?? later}</dd>
      <dt>{t('evaluations.drawPage.secret')}</dt>
      <dd className="hash">{draw.secret ?? later}</dd>
    </dl>
  )
}

type CheckProps = { draw: Draw; publicSeed: string; secret: string }

function Check({ draw, publicSeed, secret }: CheckProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'unknown' | 'checking' | 'right' | 'wrong'>('unknown')
  const script = `data:text/x-shellscript;charset=utf-8,${encodeURIComponent(drawScript({ ...draw, publicSeed, secret }))}`
  async function check() {
    setState('checking')
    setState((await isRight({ ...draw, publicSeed, secret })) ? 'right' : 'wrong')
  }
  return (
    <div className="stack">
      <p>{t('evaluations.drawPage.how')}</p>
      <div className="row">
        <Button type="primary" loading={state === 'checking'} disabled={!window.isSecureContext} onClick={() => void check()}>
          {t('evaluations.drawPage.checkHere')}
        </Button>
        <Button icon={<DownloadOutlined />} href={script} download="draw.sh">
          {t('evaluations.drawPage.script')}
        </Button>
      </div>
      <p role="status">
        {state === 'right' && <strong>{t('evaluations.drawPage.right')}</strong>}
        {state === 'wrong' && <strong>{t('evaluations.drawPage.wrong')}</strong>}
        {!window.isSecureContext && t('evaluations.drawPage.insecure')}
      </p>
      <p className="soft small">{t('evaluations.drawPage.scriptHelp')}</p>
    </div>
  )
}

function Pool({ draw: { pool, counts } }: { draw: Draw }) {
  const { t } = useTranslation()
  return evaluatorCategories.map((category) => {
    const own = pool.filter((one) => one.category === category)
    return (
      own.length > 0 && (
        <div key={category}>
          <strong>
            {t('evaluations.drawPage.poolCount', {
              category: t(`evaluations.category.${category}`),
              size: own.length,
              count: counts[category],
            })}
          </strong>
          <ul className="plain-list draw-pool">
            {own.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </div>
      )
    )
  })
}
