import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { MinutesVersion } from '../../shared/minutes-versions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useVersionName } from './useVersionName.ts'

type Props = { version: MinutesVersion; onRestored: () => void; onClose: () => void }

/** Brings an older version back, after saying what becomes of the newer one. */
export function RestoreDialog({ version, onRestored, onClose }: Props) {
  const { t } = useTranslation()
  const nameOf = useVersionName()
  const { send, pending, failure } = useCommand('version:restore')
  const [id] = useState(() => v7())
  async function restore() {
    const result = await send({ id, meetingId: version.meetingId, versionId: version.id })
    if (!result.ok) return
    onRestored()
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('signing.versions.restoreTitle', { name: nameOf(version) })}
      text={t('signing.versions.restoreText')}
      okText={t('signing.versions.restore')}
      pending={pending}
      failure={failure}
      onOk={() => void restore()}
      onClose={onClose}
    />
  )
}
