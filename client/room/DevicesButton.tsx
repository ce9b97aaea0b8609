import { SettingOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeviceHelp } from '../media/DeviceHelp.tsx'
import { DeviceSettings } from '../media/DeviceSettings.tsx'
import { useRoom } from '../media/RoomContext.tsx'

/** Changes devices without leaving the room. */
export function DevicesButton() {
  const { t } = useTranslation()
  const { view } = useRoom()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="large" icon={<SettingOutlined aria-hidden />} aria-label={t('media.check.devices')} onClick={() => setOpen(true)}>
        <span className="bar-word">{t('media.check.devices')}</span>
      </Button>
      <Modal title={t('media.check.devices')} open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <DeviceHelp problems={view.local.problems} />
        <DeviceSettings />
      </Modal>
    </>
  )
}
