import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Breakout, BreakoutNote } from '../../shared/breakouts.ts'
import { cite } from '../room/cite.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { When } from '../ui/When.tsx'

/** Before anybody has written. */
export const unwritten = ({ id, meetingId }: Pick<Breakout, 'id' | 'meetingId'>, groupId: string): BreakoutNote => ({
  groupId,
  breakoutId: id,
  meetingId,
  text: '',
  by: null,
  at: null,
  version: 0,
})

type Props = { note: BreakoutNote; name: string; mayWrite: boolean; mayCite?: boolean; learn: (note: BreakoutNote) => void }

/** What a group came to: read by all, written by the group. What somebody else saves meanwhile is shown beside one's own words. */
export function GroupNote({ note, name, mayWrite, mayCite = false, learn }: Props) {
  const { t } = useTranslation()
  const { send, pending, failure, forget } = useCommand('breakout:note')
  /** Words that differ from what is stored, and the version they began from. */
  const [mine, setMine] = useState<{ text: string; from: number } | null>(null)
  const text = mine?.text ?? note.text
  const newer = mine !== null && note.version > mine.from && note.text !== mine.text

  async function save() {
    if (!mine) return
    const result = await send({ groupId: note.groupId, text: mine.text, version: newer ? note.version : mine.from })
    if (!result.ok) return
    learn(result.value)
    setMine(null)
  }
  const label = t('breakouts.note.label', { group: name })
  return (
    <div className="group-note">
      {mayWrite ? (
        <Input.TextArea
          aria-label={label}
          placeholder={t('breakouts.note.placeholder')}
          maxLength={4_000}
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={text}
          onChange={(event) => setMine({ text: event.target.value, from: mine?.from ?? note.version })}
        />
      ) : (
        <p className="pre" data-testid={`note-${note.groupId}`}>
          {note.text || <span className="soft">{t('breakouts.note.empty')}</span>}
        </p>
      )}
      {newer && (
        <div className="group-newer" role="alert">
          <p className="small">{t('breakouts.note.newer', { name: note.by ?? '' })}</p>
          <p className="pre">{note.text}</p>
          <Button
            size="small"
            onClick={() => {
              setMine(null)
              forget()
            }}
          >
            {t('breakouts.note.takeTheirs')}
          </Button>
        </div>
      )}
      {!newer && <FailureNote failure={failure} />}
      <div className="row">
        <span className="soft small grow" role="status">
          {mine && !newer && t('breakouts.note.unsaved')}
          {!mine && note.by && note.at && (
            <>
              {t('breakouts.note.by', { name: note.by })} · <When at={note.at} part="clock" />
            </>
          )}
        </span>
        {mayCite && note.text && (
          <Button size="small" onClick={() => cite({ kind: 'group', id: note.groupId })}>
            {t('breakouts.note.cite')}
          </Button>
        )}
        {mayWrite && (
          <Button size="small" type="primary" disabled={!mine} loading={pending} onClick={() => void save()}>
            {t('breakouts.note.save')}
          </Button>
        )}
      </div>
    </div>
  )
}
