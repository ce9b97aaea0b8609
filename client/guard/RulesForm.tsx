import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuardRules } from '../../shared/guard.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { PlainForm } from '../ui/PlainForm.tsx'
import { Inherited } from './Inherited.tsx'

const linesOf = (text: string) => [...new Set(text.split(/[\n,，、;；]/).map((line) => line.trim()))].filter(Boolean)

/** Edits the rules of a region; what holds from above is shown beside and cannot be changed here. `line` runs from the top down. */
export function RulesForm({ regionCode, line }: { regionCode: string; line: readonly GuardRules[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queryClient = useQueryClient()
  const save = useCommand('guard:set-rules')
  const own = line.find((rules) => rules.regionCode === regionCode)
  const above = line.filter((rules) => rules.regionCode !== regionCode)
  const names = useRegionNames(
    above.map((rules) => rules.regionCode),
    [],
  )
  const nameOf = (rules: GuardRules) => regionName(names.get(rules.regionCode) ?? [])
  const ruling = above.findLast((rules) => rules.links !== null)
  const linkWords = {
    inherit: ruling?.links
      ? t('guard.linkRule.inheritFrom', { name: nameOf(ruling), rule: t(`guard.linkRule.${ruling.links}`) })
      : t('guard.linkRule.inherit'),
    flag: t('guard.linkRule.flag'),
    allow: t('guard.linkRule.allow'),
  }
  const [words, setWords] = useState(() => own?.words.join('\n') ?? '')
  const [domains, setDomains] = useState(() => own?.domains.join('\n') ?? '')
  const [links, setLinks] = useState<GuardRules['links']>(own?.links ?? null)
  const [wordsField, domainsField] = [useId(), useId()]

  async function submit() {
    const result = await save.send({ regionCode, words: linesOf(words), domains: linesOf(domains), links, version: own?.version ?? 0 })
    if (!result.ok) return
    queryClient.setQueryData(keyOf('guard-rules', { regionCode }), [...above, result.value])
    void message.success(t('guard.rulesSaved'))
  }
  return (
    <PlainForm className="stack stack-wide" onSubmit={submit}>
      <div>
        <label htmlFor={wordsField}>{t('guard.words', { count: linesOf(words).length })}</label>
        <Input.TextArea
          id={wordsField}
          aria-describedby={`${wordsField}-help`}
          value={words}
          autoSize={{ minRows: 6, maxRows: 16 }}
          onChange={(event) => setWords(event.target.value)}
        />
        <p id={`${wordsField}-help`} className="soft small">
          {t('guard.wordsHelp')}
        </p>
      </div>
      <div>
        <p id={`${wordsField}-links`}>{t('guard.links')}</p>
        <Radio.Group
          aria-labelledby={`${wordsField}-links`}
          vertical
          value={links}
          onChange={(event) => setLinks(event.target.value)}
          options={([null, 'flag', 'allow'] as const).map((value) => ({ value, label: linkWords[value ?? 'inherit'] }))}
        />
      </div>
      <div>
        <label htmlFor={domainsField}>{t('guard.domains')}</label>
        <Input.TextArea
          id={domainsField}
          value={domains}
          placeholder="gov.cn"
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => setDomains(event.target.value)}
        />
      </div>
      <FailureNote failure={save.failure} />
      <div>
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('guard.saveRules')}
        </Button>
      </div>
      {above.map((rules) => (
        <Inherited key={rules.regionCode} name={nameOf(rules)} rules={rules} />
      ))}
    </PlainForm>
  )
}
