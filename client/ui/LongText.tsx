import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** From here on a text fills more than a column's eight lines. */
const longAt = { letters: 220, lines: 8 }

/** What a person wrote; its first lines when it is long, the rest when it is asked for. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const long = text.length > longAt.letters || text.split('\n').length > longAt.lines
  return (
    <>
      <p className={long && !open ? 'pre clamp' : 'pre'}>{text}</p>
      {long && (
        <Button type="link" size="small" className="clamp-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'common.fold' : 'common.unfold')}
        </Button>
      )}
    </>
  )
}
