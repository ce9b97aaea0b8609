import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { Button, Popover } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { MinutesNode } from '../../shared/minutes.ts'
import { type MissingPart, missingParts } from '../../shared/minutes-parts.ts'
import { addSection } from './agendaSection.ts'
import { sectionPlace } from './selection.ts'

/** The whole document is looked at, so not with every letter. */
const restMs = 600

/** What the minutes still lack, each with a way to its place. */
export function Checklist({ editor, meeting }: { editor: Editor; meeting: Meeting }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const missing = useMissing(editor, meeting)
  const go = (part: MissingPart) => {
    setOpen(false)
    if (part.kind === 'section') return addSection(editor, meeting.agenda, part)
    const place = 'agendaItemId' in part ? sectionPlace(editor, part.agendaItemId, part.title) : 1
    editor
      .chain()
      .focus(place ?? 'end')
      .scrollIntoView()
      .run()
  }
  const content = (
    <ul className="plain-list minutes-missing" aria-label={t('minutes.missing.title')}>
      {missing.map((part) => (
        <li key={`${part.kind} ${'agendaItemId' in part ? part.agendaItemId : ''}`}>
          <button type="button" className="minutes-choice" onClick={() => go(part)}>
            {'agendaItemId' in part ? t(`minutes.missing.${part.kind}`, { title: part.title }) : t(`minutes.missing.${part.kind}`)}
          </button>
        </li>
      ))}
    </ul>
  )
  const complete = missing.length === 0
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={complete ? <p className="minutes-missing">{t('minutes.missing.none')}</p> : content}
    >
      <Button
        size="small"
        icon={complete ? <CheckCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={open}
      >
        {complete ? t('minutes.missing.complete') : t('minutes.missing.count', { count: missing.length })}
      </Button>
    </Popover>
  )
}

function useMissing(editor: Editor, meeting: Meeting): MissingPart[] {
  const [missing, setMissing] = useState<MissingPart[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => setMissing(missingParts(editor.getJSON() as MinutesNode, meeting))
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(look, restMs)
    }
    look()
    editor.on('update', soon)
    return () => {
      clearTimeout(timer)
      editor.off('update', soon)
    }
  }, [editor, meeting])
  return missing
}
