import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { type EvaluatorCategory, evaluatorCategories } from '../../shared/draw.ts'
import type { Candidate } from '../../shared/evaluations.ts'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { useManagedRegion } from '../stations/useManagedRegion.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Empty } from '../ui/Empty.tsx'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { SecondRoundRules } from './RulesForm.tsx'
import './evaluations.css'

/** From whom a region draws its evaluators. */
export function PoolTab() {
  const { t } = useTranslation()
  const { regionCode, select } = useManagedRegion('evaluation:manage')
  return (
    <div className="stack stack-wide">
      <p className="soft">{t('evaluations.pool.intro')}</p>
      <div style={{ width: 360, maxWidth: '100%' }}>
        <RegionSelect aria-label={t('evaluations.pool.region')} placeholder={t('evaluations.pool.region')} {...select} />
      </div>
      {regionCode === undefined ? <Empty>{t('evaluations.pool.pickRegion')}</Empty> : <OfRegion key={regionCode} regionCode={regionCode} />}
    </div>
  )
}

function OfRegion({ regionCode }: { regionCode: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const put = (pool: Candidate[]) => queryClient.setQueryData(keyOf('candidates', { regionCode }), pool)
  return (
    <>
      <SecondRoundRules regionCode={regionCode} />
      <Sheet title={t('evaluations.pool.add')}>
        <AddForm regionCode={regionCode} onAdded={put} />
      </Sheet>
      <Loaded of={useQueryOf('candidates', { regionCode })}>
        {(pool) => (pool.length > 0 ? <PoolTable pool={pool} onChange={put} /> : <Empty>{t('evaluations.pool.empty')}</Empty>)}
      </Loaded>
    </>
  )
}

type Fields = { category: EvaluatorCategory; names: string }

function AddForm({ regionCode, onAdded }: { regionCode: string; onAdded: (pool: Candidate[]) => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const add = useCommand('candidate:add')
  async function submit({ category, names }: Fields) {
    const candidates = names
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => {
        const [name = '', ...rest] = one.split(/\s+/)
        const email = rest.find((word) => word.includes('@'))
        return { id: v7(), category, name, affiliation: rest.filter((word) => word !== email).join(' '), ...(email && { email }) }
      })
    const result = await add.send({ regionCode, candidates })
    if (!result.ok) return
    form.setFieldValue('names', '')
    onAdded(result.value)
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ category: 'member' }}
      onFinish={(fields) => void submit(fields)}
    >
      <div className="pool-form">
        <Form.Item name="category" label={t('evaluations.pool.category')}>
          <Select options={evaluatorCategories.map((value) => ({ value, label: t(`evaluations.category.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="names"
          label={t('evaluations.pool.names')}
          extra={t('evaluations.pool.namesHelp')}
          rules={[{ required: true, whitespace: true, message: t('evaluations.pool.namesMissing') }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />
        </Form.Item>
      </div>
      <FailureNote failure={add.failure} />
      <Button type="primary" htmlType="submit" loading={add.pending}>
        {t('evaluations.pool.add')}
      </Button>
    </Form>
  )
}

function PoolTable({ pool, onChange }: { pool: Candidate[]; onChange: (pool: Candidate[]) => void }) {
  const { t } = useTranslation()
  const remove = useCommand('candidate:remove')
  async function take(candidateId: string) {
    const result = await remove.send({ candidateId })
    if (result.ok) onChange(result.value)
  }
  const columns: Column<Candidate>[] = [
    { key: 'name', title: t('evaluations.name'), draw: ({ name }) => name },
    { key: 'category', title: t('evaluations.pool.category'), width: 150, draw: ({ category }) => t(`evaluations.category.${category}`) },
    { key: 'affiliation', title: t('evaluations.pool.affiliation'), draw: ({ affiliation }) => affiliation },
    {
      key: 'email',
      title: t('evaluations.pool.email'),
      draw: ({ email }) => email ?? <span className="soft">{t('evaluations.pool.noEmail')}</span>,
    },
    {
      key: 'remove',
      title: '',
      width: 110,
      draw: ({ id, name }) => (
        <Button size="small" aria-label={t('evaluations.pool.remove', { name })} onClick={() => void take(id)}>
          {t('common.remove')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <p className="soft">
        {evaluatorCategories
          .map((category) => {
            const count = pool.filter((one) => one.category === category).length
            return `${t(`evaluations.category.${category}`)} ${t('evaluations.pool.size', { count })}`
          })
          .join(' · ')}
      </p>
      <FailureNote failure={remove.failure} />
      <DataTable label={t('evaluations.pool.tab')} columns={columns} rows={pool} keyOf={({ id }) => id} minWidth={560} />
    </>
  )
}
