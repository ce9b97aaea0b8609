import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockKind } from '../../shared/clocks.ts'
import type { Assignment } from '../../shared/recommendations.ts'
import { HowCounted } from '../clocks/HowCounted.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { DaysUntil, When } from '../ui/When.tsx'
import '../clocks/clocks.css'

type Props = { assignment: Assignment; kind: ClockKind; at: string; soon?: boolean }

/** A date that is still ahead, how far away it is, and on request how it came about. */
export function Deadline({ assignment, kind, at, soon = true }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div className="row row-wide soft">
      <span>{t(`clocks.title.${kind}`)}</span>
      <When at={at} part="day" />
      {soon && !assignment.paused && <DaysUntil at={at} />}
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        title={t(`clocks.title.${kind}`)}
        content={open && <Counted assignment={assignment} kind={kind} />}
      >
        <Button type="link" size="small" aria-expanded={open}>
          {t('clocks.how')}
        </Button>
      </Popover>
    </div>
  )
}

function Counted({ assignment, kind }: { assignment: Assignment; kind: ClockKind }) {
  const clocks = useQueryOf('assignment-clocks', { assignmentId: assignment.id })
  return (
    <Loaded of={clocks}>
      {(found) => found.filter((clock) => clock.kind === kind).map((clock) => <HowCounted key={kind} clock={clock} />)}
    </Loaded>
  )
}
