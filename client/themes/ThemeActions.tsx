import { Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { Theme } from '../../shared/themes.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { themeName } from './themeName.ts'
import { useReadThemes } from './useReadThemes.ts'

type Props = {
  theme: Theme
  others: readonly Theme[]
  /** The suggestions that are ticked. */
  chosen: readonly string[]
  onSplit: () => void
  onGone: (intoId: string) => void
}

/** Confirms a theme, calls it something else, makes it part of another, or takes some of it apart. */
export function ThemeActions({ theme, others, chosen, onSplit, onGone }: Props) {
  const { t } = useTranslation()
  const readAgain = useReadThemes()
  const confirm = useCommand('theme:confirm')
  const split = useCommand('theme:split')
  const [asking, setAsking] = useState<'name' | 'merge' | null>(null)
  const [newId, setNewId] = useState(() => v7())

  async function confirmIt() {
    if ((await confirm.send({ themeId: theme.id })).ok) readAgain()
  }
  async function splitIt() {
    const result = await split.send({ id: newId, themeId: theme.id, suggestionIds: [...chosen] })
    if (!result.ok) return
    setNewId(v7())
    onSplit()
    readAgain()
  }
  const close = () => {
    setAsking(null)
    readAgain()
  }
  return (
    <div className="row themes-actions">
      <Button type={theme.kept ? 'default' : 'primary'} loading={confirm.pending} onClick={() => void confirmIt()}>
        {t(theme.kept ? 'themes.confirmAgain' : 'themes.confirm')}
      </Button>
      <Button onClick={() => setAsking('name')}>{t('themes.rename')}</Button>
      <Button disabled={others.length === 0} onClick={() => setAsking('merge')}>
        {t('themes.merge')}
      </Button>
      <Button disabled={chosen.length === 0 || chosen.length >= theme.size} loading={split.pending} onClick={() => void splitIt()}>
        {chosen.length === 0 ? t('themes.split') : t('themes.splitCount', { count: chosen.length })}
      </Button>
      <FailureNote failure={confirm.failure ?? split.failure} />
      {asking === 'name' && <RenameDialog theme={theme} onClose={close} />}
      {asking === 'merge' && <MergeThemeDialog theme={theme} others={others} onClose={close} onGone={onGone} />}
    </div>
  )
}

function RenameDialog({ theme, onClose }: { theme: Theme; onClose: () => void }) {
  const { t } = useTranslation()
  const rename = useCommand('theme:rename')
  const [name, setName] = useState(themeName(theme).slice(0, 30))
  const field = useId()
  async function finish() {
    if ((await rename.send({ themeId: theme.id, name })).ok) onClose()
  }
  return (
    <Modal
      open
      title={t('themes.renameTitle')}
      okText={t('themes.rename')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: name.trim() === '', loading: rename.pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <label htmlFor={field}>{t('themes.name')}</label>
      <Input id={field} value={name} maxLength={30} onChange={(event) => setName(event.target.value)} onPressEnter={() => void finish()} />
      <FailureNote failure={rename.failure} />
    </Modal>
  )
}

type MergeProps = Pick<Props, 'theme' | 'others' | 'onGone'> & { onClose: () => void }

function MergeThemeDialog({ theme, others, onClose, onGone }: MergeProps) {
  const { t } = useTranslation()
  const merge = useCommand('theme:merge')
  const [intoId, setIntoId] = useState<string | null>(null)
  const field = useId()
  async function finish() {
    if (!intoId || !(await merge.send({ themeId: theme.id, intoId })).ok) return
    onClose()
    onGone(intoId)
  }
  return (
    <Modal
      open
      title={t('themes.mergeTitle', { name: themeName(theme) })}
      okText={t('themes.merge')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !intoId, loading: merge.pending }}
      onOk={() => void finish()}
      onCancel={onClose}
    >
      <label htmlFor={field}>{t('themes.mergeInto')}</label>
      <Select
        id={field}
        className="merge-choice"
        showSearch={{ optionFilterProp: 'label' }}
        value={intoId}
        onChange={setIntoId}
        options={others.map((other) => ({ value: other.id, label: `${themeName(other) || t('themes.unnamed')} (${other.size})` }))}
      />
      <p className="soft small">{t('themes.mergeForGood')}</p>
      <FailureNote failure={merge.failure} />
    </Modal>
  )
}
