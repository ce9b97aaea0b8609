import { App, Button, Switch } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'

type FormProps = { save: { pending: boolean; failure: Failure | null }; onSave: () => Promise<boolean>; children: ReactNode }

/** Rules of a region that are saved together. */
export function RuleForm({ save, onSave, children }: FormProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  async function submit() {
    if (await onSave()) void message.success(t('clocks.saved'))
  }
  return (
    <PlainForm className="stack" onSubmit={submit}>
      {children}
      <FailureNote failure={save.failure} />
      <div>
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('clocks.save')}
        </Button>
      </div>
    </PlainForm>
  )
}

/** Whether a region says something of its own here. */
export function OwnSwitch({ of, checked, onChange }: { of: string; checked: boolean; onChange: (own: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <Switch aria-label={`${of} ${t('clocks.ownPeriod')}`} checked={checked} onChange={onChange} />
      {t('clocks.ownPeriod')}
    </span>
  )
}

type RowProps = { title: string; own: boolean /** What holds without it. */; inherits: string; toggle?: ReactNode; children: ReactNode }

/** One rule: the field for what the region says itself, or what it has from above. */
export function RuleRow({ title, own, inherits, toggle, children }: RowProps) {
  const { t } = useTranslation()
  return (
    <div className="row row-wide">
      <strong>{title}</strong>
      {toggle}
      {own ? children : <span className="soft">{inherits && t('clocks.inherits', { period: inherits })}</span>}
    </div>
  )
}
