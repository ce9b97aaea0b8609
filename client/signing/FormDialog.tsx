import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { audiences, emptyForm, type MinutesForm, type PaperNumber, urgencies } from '../../shared/minutes-form.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'

/** What stands around the text on the paper: a button that opens it for whoever writes the minutes. */
export function PaperForm({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('signing.form.open')}</Button>
      {open && <FormDialog meetingId={meetingId} onClose={() => setOpen(false)} />}
    </>
  )
}

type Fields = Omit<MinutesForm, 'number' | 'urgency'> & {
  prefix?: string | null
  year?: number | null
  serial?: number | null
  urgency: MinutesForm['urgency'] | ''
}

function FormDialog({ meetingId, onClose }: { meetingId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { data } = useQueryOf('minutes-form', { meetingId }, { staleTime: 0 })
  const { send, pending, failure } = useCommand('minutes:set-form')
  const queryClient = useQueryClient()
  async function save(fields: Fields) {
    const result = await send({ meetingId, form: formOf(fields) })
    if (!result.ok) return
    // It is signed with the text: who signs right after this has to know of it.
    await queryClient.refetchQueries({ queryKey: keyOf('minutes-state', { meetingId }) })
    onClose()
  }
  return (
    <Modal
      open
      title={t('signing.form.open')}
      okText={t('signing.form.save')}
      okButtonProps={{ disabled: !data }}
      cancelText={t('common.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{t('signing.form.text')}</p>
      {data ? (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={fieldsOf(data.form ?? emptyForm)}
          onFinish={(fields) => void save(fields)}
        >
          <NumberFields propose={() => form.setFieldsValue(data.proposed)} proposed={data.proposed} />
          <NameFields />
          <Form.Item name="urgency" label={t('signing.form.urgency')}>
            <Select
              options={[
                { value: '', label: t('signing.form.usual') },
                ...urgencies.map((value) => ({ value, label: t(`signing.form.urgencies.${value}`) })),
              ]}
            />
          </Form.Item>
          <Form.Item name="printedOn" label={t('signing.form.printedOn')} extra={t('signing.form.printedHint')}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="audience" label={t('signing.form.audience')}>
            <Radio.Group options={audiences.map((value) => ({ value, label: t(`signing.form.audiences.${value}`) }))} />
          </Form.Item>
          <FailureNote failure={failure} />
        </Form>
      ) : (
        <ListSkeleton />
      )}
    </Modal>
  )
}

/** All three parts of the number, or none. */
function NumberFields({ propose, proposed }: { propose: () => void; proposed: PaperNumber }) {
  const { t } = useTranslation()
  const whole = ({ getFieldsValue }: { getFieldsValue: (names: string[]) => Record<string, unknown> }) => ({
    validator: async () => {
      const parts = Object.values(getFieldsValue(['prefix', 'year', 'serial'])).filter(
        (part) => part !== undefined && part !== null && part !== '',
      )
      if (parts.length === 1 || parts.length === 2) throw new Error(t('signing.form.numberParts'))
    },
  })
  return (
    <>
      <fieldset className="paper-number" aria-label={t('signing.form.number')}>
        <Form.Item name="prefix" label={t('signing.form.prefix')} rules={[whole]}>
          <Input maxLength={20} placeholder={proposed.prefix} />
        </Form.Item>
        <Form.Item name="year" label={t('signing.form.year')}>
          <InputNumber min={2000} max={2199} precision={0} />
        </Form.Item>
        <Form.Item name="serial" label={t('signing.form.serial')}>
          <InputNumber min={1} max={99_999} precision={0} />
        </Form.Item>
      </fieldset>
      <Button className="paper-propose" size="small" onClick={propose}>
        {t('signing.form.propose', proposed)}
      </Button>
    </>
  )
}

function NameFields() {
  const { t } = useTranslation()
  return (['senders', 'recipients', 'copies'] as const).map((name) => (
    <Form.Item key={name} name={name} label={t(`signing.form.${name}`)} extra={t(`signing.form.${name}Hint`)}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', '；', ';']} maxCount={50} />
    </Form.Item>
  ))
}

const fieldsOf = ({ number, urgency, ...form }: MinutesForm): Fields => ({ ...form, ...number, urgency: urgency ?? '' })

const formOf = ({ prefix, year, serial, urgency, printedOn, ...names }: Fields): MinutesForm => ({
  ...names,
  number: prefix && year && serial ? { prefix, year, serial } : null,
  urgency: urgency === '' ? null : urgency,
  printedOn: printedOn || null,
})
