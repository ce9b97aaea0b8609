import { HistoryOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesStage } from '../../shared/minutes-stages.ts'
import { Versions } from './Versions.tsx'

/** The way to the minutes as they were. */
export function VersionsButton({ meeting, stage }: { meeting: Meeting; stage: MinutesStage }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<HistoryOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('signing.versions.open')}
      </Button>
      <Drawer open={open} title={t('signing.versions.title')} size={720} onClose={() => setOpen(false)} destroyOnHidden>
        <Versions meeting={meeting} stage={stage} />
      </Drawer>
    </>
  )
}
