import { App, Button, Form, Input, InputNumber, Popconfirm, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { numberOf, numberPatternSchema, type ProposalRules, proposalLimits, standardProposalRules } from '../../shared/proposal-rules.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { type Inherited, type Setting, useSaveSetting } from '../regions/useSetting.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { Sheet } from '../ui/Sheet.tsx'

type Props = { own: Setting<'proposals'>; inherited: Inherited<'proposals'> }

/** Edits a region's rules; those that it has from above stand in the form until it has its own. */
export function ProposalRulesForm({ own, inherited }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const save = useSaveSetting(own, inherited)
  const { regionCode } = own
  const names = useRegionNames([regionCode, ...(inherited.regionCode === null ? [] : [inherited.regionCode])], [])
  const from = inherited.regionCode === null ? t('proposals.settings.standard') : regionName(names.get(inherited.regionCode) ?? [])
  const initial = own.value ?? inherited.setting.value ?? standardProposalRules

  async function send(value: ProposalRules | null, done: string) {
    if (await save.send(value)) void message.success(done)
  }
  return (
    <Form<ProposalRules>
      layout="vertical"
      initialValues={initial}
      className="stack stack-wide"
      scrollToFirstError={{ focus: true }}
      onFinish={(rules) => void send(rules, t('proposals.settings.saved'))}
    >
      <p className="soft">{t(own.value ? 'proposals.settings.isOwn' : 'proposals.settings.isInherited', { from })}</p>
      <Sheet title={t('proposals.settings.form')}>
        <div className="rules-span">
          <Count name={['title', 'min']} word="title-min" most={proposalLimits.title} />
          <Count name={['title', 'max']} word="title-max" most={proposalLimits.title} notLess={['title', 'min']} />
          <Count name={['body', 'min']} word="body-min" most={proposalLimits.body} />
          <Count name={['body', 'max']} word="body-max" most={proposalLimits.body} notLess={['body', 'min']} />
          <Count name={['measures']} word="measures" most={proposalLimits.measures} least={0} />
        </div>
        <Words name="keywords" most={20} />
        <Words name="headings" most={10} />
      </Sheet>
      <Sheet title={t('proposals.settings.reviewing')}>
        <Form.Item
          name="sameReviewer"
          valuePropName="checked"
          label={t('proposals.settings.sameReviewer')}
          extra={t('proposals.settings.sameReviewerHelp')}
        >
          <Switch />
        </Form.Item>
        <Count name={['claimHours']} word="claimHours" most={720} />
        <Form.Item
          name="number"
          label={t('proposals.settings.number')}
          extra={t('proposals.settings.numberHelp')}
          rules={[{ validator: (_: unknown, pattern: string) => patternCheck(pattern, t('proposals.settings.badPattern')) }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <NumberPreview region={names.get(regionCode)?.at(-1) ?? ''} />
      </Sheet>
      <FailureNote failure={save.failure} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('proposals.settings.save')}
        </Button>
        {own.value && (
          <Popconfirm
            title={t('proposals.settings.inheritAsk', { from })}
            okText={t('proposals.settings.inherit')}
            cancelText={t('common.cancel')}
            onConfirm={() => send(null, t('proposals.settings.inherits'))}
          >
            <Button disabled={save.pending}>{t('proposals.settings.inherit')}</Button>
          </Popconfirm>
        )}
      </div>
    </Form>
  )
}

const patternCheck = (pattern: string, words: string) =>
  numberPatternSchema.safeParse(pattern).success ? Promise.resolve() : Promise.reject(new Error(words))

type CountProps = {
  name: string[]
  word: 'title-min' | 'title-max' | 'body-min' | 'body-max' | 'measures' | 'claimHours'
  most: number
  least?: number
  /** Where the number stands that this one is not below. */
  notLess?: ['title' | 'body', 'min']
}

function Count({ name, word, most, least = 1, notLess }: CountProps) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={name}
      label={t(`proposals.settings.count.${word}`)}
      dependencies={notLess ? [notLess] : []}
      rules={[
        { required: true, message: t('proposals.settings.countMissing') },
        ({ getFieldValue }) => ({
          validator: (_: unknown, value: number) =>
            notLess && value < getFieldValue(notLess) ? Promise.reject(new Error(t('proposals.settings.lessThanMin'))) : Promise.resolve(),
        }),
      ]}
    >
      <InputNumber min={least} max={most} precision={0} />
    </Form.Item>
  )
}

function Words({ name, most }: { name: 'keywords' | 'headings'; most: number }) {
  const { t } = useTranslation()
  return (
    <Form.Item name={name} label={t(`proposals.settings.${name}`)} extra={t(`proposals.settings.${name}Help`)}>
      <Select mode="tags" open={false} suffixIcon={null} maxCount={most} tokenSeparators={['，', ',', '；', ';']} />
    </Form.Item>
  )
}

function NumberPreview({ region }: { region: string }) {
  const { t } = useTranslation()
  const pattern: string = Form.useWatch('number') ?? ''
  if (!numberPatternSchema.safeParse(pattern).success) return null
  return (
    <p className="soft">
      {t('proposals.settings.numberPreview', { number: numberOf(pattern, { region, year: new Date().getFullYear(), n: 1 }) })}
    </p>
  )
}
