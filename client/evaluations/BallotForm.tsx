import { Button, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/errors.ts'
import { askedOf, type Ballot, type EvaluatorSide, evaluationGrades, type Question } from '../../shared/evaluation-rules.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import './evaluations.css'

type Props = {
  side: EvaluatorSide
  ballot: Ballot | null
  pending: boolean
  failure: Failure | null
  submit(ballot: Ballot): Promise<void>
}

const marks = [1, 2, 3, 4, 5]

/** What one evaluator says: a mark for each question of their side, a grade on the whole, and words. */
export function BallotForm({ side, ballot, pending, failure, submit }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Ballot>()
  const dissatisfied = Form.useWatch('grade', form) === 'C'
  return (
    <Form<Ballot>
      form={form}
      layout="vertical"
      className="ballot"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      initialValues={ballot ?? { words: '' }}
      onFinish={({ grade, marks, words }) => void submit({ grade, marks, words: words ?? '' })}
    >
      {askedOf[side].map((question) => (
        <MarkField key={question} question={question} />
      ))}
      <Form.Item name="grade" label={t('evaluations.gradeField')} rules={[{ required: true, message: t('evaluations.gradeMissing') }]}>
        <Radio.Group options={evaluationGrades.map((value) => ({ value, label: t(`evaluations.grade.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="words"
        className="counted"
        label={dissatisfied ? t('evaluations.wordsWhy') : t('evaluations.words')}
        extra={t('evaluations.wordsHelp')}
        dependencies={['grade']}
        rules={[{ required: dissatisfied, whitespace: true, message: t('evaluations.wordsMissing') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={1_000} showCount />
      </Form.Item>
      <FailureNote failure={failure} />
      <Button type="primary" htmlType="submit" loading={pending} className="ballot-send">
        {ballot ? t('evaluations.change') : t('evaluations.give')}
      </Button>
    </Form>
  )
}

function MarkField({ question }: { question: Question }) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={['marks', question]}
      label={
        <span>
          {t(`evaluations.question.${question}`)}
          <span className="soft small mark-help">{t(`evaluations.questionHelp.${question}`)}</span>
        </span>
      }
      extra={
        <span className="mark-ends">
          <span>{t('evaluations.marks.low')}</span>
          <span>{t('evaluations.marks.high')}</span>
        </span>
      }
      rules={[{ required: true, message: t('evaluations.markMissing') }]}
    >
      <Radio.Group className="mark-choice" options={marks.map((value) => ({ value, label: value }))} optionType="button" />
    </Form.Item>
  )
}
