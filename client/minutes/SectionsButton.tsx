import { TeamOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { SectionsOfRecorders } from './SectionsOfRecorders.tsx'

/** The way to who records what, for whoever says so. */
export function SectionsButton({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [open, setOpen] = useState(false)
  if (!can(actor, 'minutes:assign', subjectOfMeeting(meeting))) return null
  return (
    <>
      <Button size="small" icon={<TeamOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('minutes.sections.open')}
      </Button>
      <Drawer open={open} title={t('minutes.sections.title')} size={560} onClose={() => setOpen(false)} destroyOnHidden>
        <SectionsOfRecorders meeting={meeting} />
      </Drawer>
    </>
  )
}
