import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { type Publicity, type PublicityOf, publicities } from '../../shared/outcomes.ts'
import { can } from '../../shared/policy.ts'
import type { Recommendation } from '../../shared/recommendations.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

/** What the public reads of a recommendation, and for a secretariat the way to change that. */
export function PublicityCard({ recommendation: { id, meetingId, version } }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { data, refetch } = useQueryOf('recommendation-publicity', { recommendationId: id })
  const { data: meeting } = useQueryOf('meeting', { meetingId })
  const [open, setOpen] = useState(false)
  // Its first assignment makes it public, the return of its last one takes it back.
  useEffect(() => {
    if (version > 0) void refetch()
  }, [version, refetch])
  if (!data) return null
  const may = meeting !== undefined && can(actor, 'recommendation:classify', subjectOfMeeting(meeting))
  return (
    <Sheet title={t('recommendations.publicity')}>
      <div className="stack">
        <Standing standing={data} />
        {may && (
          <div>
            <Button onClick={() => setOpen(true)}>{t('recommendations.classify')}</Button>
          </div>
        )}
      </div>
      {open && <ClassifyDialog recommendationId={id} standing={data} onClose={() => setOpen(false)} />}
    </Sheet>
  )
}

function Standing({ standing: { publicity, path, reason, byName, at } }: { standing: PublicityOf }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <>
      <div className="row">
        <StateTag tone={publicity === 'public' ? 'good' : 'plain'}>{t(`recommendations.publicities.${publicity}`)}</StateTag>
        {/* The public page is the server's own: a link, not a route. */}
        {path && <a href={`${path}?lang=${language}`}>{t('recommendations.publicPage')}</a>}
      </div>
      {!path && publicity !== 'withheld' && <p className="soft">{t('recommendations.publicOnceIssued')}</p>}
      {reason && <p className="pre">{reason}</p>}
      {byName && at && (
        <p className="soft small">
          {byName} · <When at={at} />
        </p>
      )}
    </>
  )
}

type DialogProps = { recommendationId: string; standing: PublicityOf; onClose(): void }

function ClassifyDialog({ recommendationId, standing, onClose }: DialogProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const classify = useCommand('recommendation:classify')
  const [publicity, setPublicity] = useState<Publicity>(standing.publicity)

  async function submit(reason: string) {
    const result = await classify.send({ recommendationId, publicity, reason })
    if (result.ok) queryClient.setQueryData(keyOf('recommendation-publicity', { recommendationId }), result.value)
    return result.ok
  }
  return (
    <ReasonDialog
      title={t('recommendations.classify')}
      button={t('recommendations.classifyDo')}
      {...classify}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item label={t('recommendations.publicity')}>
        <Radio.Group
          value={publicity}
          onChange={(event) => setPublicity(event.target.value)}
          options={publicities.map((value) => ({ value, label: t(`recommendations.publicities.${value}`) }))}
        />
      </Form.Item>
      <p className="soft">{t('recommendations.classifyHelp')}</p>
    </ReasonDialog>
  )
}
