import { FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons'
import { Button, ConfigProvider, Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { theme } from '../theme.ts'

const MinutesPanel = lazy(async () => ({ default: (await import('../minutes/MinutesPanel.tsx')).MinutesPanel }))

/** The minutes beside the stage; they can take the stage's place, and their own link opens them on a page of their own. */
export function MinutesTab({ meetingId, wide, onWide }: { meetingId: string; wide: boolean; onWide: (wide: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <div className="minutes-tab">
      <div className="row minutes-tab-tools">
        <Button size="small" icon={wide ? <FullscreenExitOutlined /> : <FullscreenOutlined />} onClick={() => onWide(!wide)}>
          {t(wide ? 'room.minutesNarrow' : 'room.minutesWide')}
        </Button>
      </div>
      <Suspense fallback={<Skeleton active />}>
        {/* Paper is light, also on the dark stage. */}
        <ConfigProvider theme={{ ...theme, inherit: false }}>
          <div className="paper">
            <MinutesPanel meetingId={meetingId} />
          </div>
        </ConfigProvider>
      </Suspense>
    </div>
  )
}
