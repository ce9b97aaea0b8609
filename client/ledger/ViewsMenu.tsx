import { DeleteOutlined, DownOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Popover, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import type { LedgerView } from '../../shared/ledger.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { managedRegions } from '../stations/managedRegions.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { useLedgerAddress } from './useLedgerAddress.ts'

/** Filters that were kept under a name: one's own and those of the region. */
export function ViewsMenu() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [saving, setSaving] = useState(false)
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        open={open}
        onOpenChange={setOpen}
        content={
          <Views
            onUse={() => setOpen(false)}
            onSave={() => {
              setOpen(false)
              setSaving(true)
            }}
          />
        }
      >
        <Button aria-expanded={open} icon={<DownOutlined aria-hidden />} iconPlacement="end">
          {t('ledger.views')}
        </Button>
      </Popover>
      {saving && <SaveView onClose={() => setSaving(false)} />}
    </>
  )
}

function Views({ onUse, onSave }: { onUse: () => void; onSave: () => void }) {
  const { t } = useTranslation()
  const { data: views = [] } = useQueryOf('ledger-views', {})
  return (
    <div className="ledger-views">
      {views.length === 0 && <p className="soft">{t('ledger.viewsEmpty')}</p>}
      <ul className="plain-list">
        {views.map((view) => (
          <ViewRow key={view.id} view={view} onUse={onUse} />
        ))}
      </ul>
      <Button type="link" onClick={onSave}>
        {t('ledger.saveView')}
      </Button>
    </div>
  )
}

function ViewRow({ view, onUse }: { view: LedgerView; onUse: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { show } = useLedgerAddress()
  const remove = useCommand('ledger-view:remove')
  const { id, name, ownerId, ownerName, regionCode, filter, sort } = view
  const mine = ownerId === actor.accountId
  const mayRemove = mine || (regionCode !== null && can(actor, 'ledger:share', { regionCodes: [regionCode] }))

  const drop = () => remove.send({ viewId: id })
  return (
    <li className="row ledger-view">
      <Button
        type="text"
        className="grow ledger-view-name"
        onClick={() => {
          show({ filter, sort })
          onUse()
        }}
      >
        {name}
        {!mine && <span className="soft small">{t('ledger.viewOf', { name: ownerName })}</span>}
      </Button>
      {mayRemove && (
        <Button
          type="text"
          size="small"
          loading={remove.pending}
          icon={<DeleteOutlined />}
          aria-label={t('ledger.removeView', { name })}
          onClick={() => void drop()}
        />
      )}
    </li>
  )
}

function SaveView({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { filter, sort } = useLedgerAddress()
  const save = useCommand('ledger-view:save')
  const [id] = useState(() => v7())
  const [form] = Form.useForm<{ name: string; shared?: boolean }>()
  const region = managedRegions(actor, 'ledger:share').find((code) => code !== '')

  async function keep({ name, shared }: { name: string; shared?: boolean }) {
    const result = await save.send({ id, name, regionCode: shared && region ? region : null, filter, sort })
    if (result.ok) onClose()
  }
  return (
    <Modal
      open
      title={t('ledger.saveTitle')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      confirmLoading={save.pending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(fields) => void keep(fields)}>
        <Form.Item
          name="name"
          label={t('ledger.viewName')}
          rules={[{ required: true, whitespace: true, message: t('ledger.viewNameMissing') }]}
        >
          <Input maxLength={30} autoFocus />
        </Form.Item>
        {region && (
          <Form.Item name="shared" label={t('ledger.viewShare')} extra={t('ledger.viewShareHelp')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
        <FailureNote failure={save.failure} />
      </Form>
    </Modal>
  )
}
