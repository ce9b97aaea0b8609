import { Button, Dropdown, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LedgerLine, LedgerState } from '../../shared/ledger.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { ColourTag, LineDue, pathOf } from './LineTag.tsx'
import { useLedger } from './useLedger.ts'
import { useLedgerAddress } from './useLedgerAddress.ts'
import type { Move } from './useMoves.tsx'
import { useStateName } from './useStateName.ts'

const cardsAtATime = 20

type Moving = {
  movesOf: (line: LedgerLine) => Move[]
  onMove: (line: LedgerLine, move: Move) => void
  onDrag: (line: LedgerLine | null) => void
}
type Props = Moving & { state: LedgerState; count: string; takes: boolean; onDrop: () => void }

/** What stands in one state, the most urgent first. */
export function BoardColumn({ state, count, takes, onDrop, ...moving }: Props) {
  const { t } = useTranslation()
  const { filter } = useLedgerAddress()
  const name = useStateName()(state)
  const ledger = useLedger({ ...filter, state }, 'due', cardsAtATime)
  return (
    <section
      data-column
      className={`ledger-column${takes ? ' ledger-takes' : ''}`}
      aria-label={t('ledger.boardColumn', { state: name, lines: count })}
      onDragOver={(event) => takes && event.preventDefault()}
      onDrop={onDrop}
    >
      <h2 className="ledger-column-title">
        {name} <span className="soft">{count}</span>
      </h2>
      <Loaded of={ledger} skeleton={<Skeleton active title={false} paragraph={{ rows: 3 }} />}>
        {({ pages }) => <Cards lines={pages.flatMap(({ lines }) => lines)} {...moving} />}
      </Loaded>
      {ledger.hasNextPage && (
        <Button block loading={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
          {t('ledger.more', { count: cardsAtATime })}
        </Button>
      )}
    </section>
  )
}

function Cards({ lines, ...moving }: Moving & { lines: readonly LedgerLine[] }): ReactNode {
  const { t } = useTranslation()
  if (lines.length === 0) return <p className="soft small">{t('ledger.boardEmpty')}</p>
  return (
    <ul className="plain-list ledger-cards">
      {lines.map((line) => (
        <Card key={line.id} line={line} {...moving} />
      ))}
    </ul>
  )
}

function Card({ line, movesOf, onMove, onDrag }: Moving & { line: LedgerLine }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const moves = movesOf(line)
  const { title, number, organizationName } = line
  return (
    <li data-card className="ledger-card" draggable={moves.length > 0} onDragStart={() => onDrag(line)} onDragEnd={() => onDrag(null)}>
      <Link to={pathOf(line)} className="recommendation-title" draggable={false}>
        {title}
      </Link>
      <div className="soft small">{[number, organizationName].filter(Boolean).join(' · ')}</div>
      <div className="row ledger-card-foot">
        <ColourTag line={line} />
        <LineDue line={line} />
        {moves.length > 0 && (
          <Dropdown
            trigger={['click']}
            open={open}
            onOpenChange={setOpen}
            menu={{
              items: moves.map(({ key, word }) => ({ key, label: word })),
              onClick: ({ key }) => onMove(line, moves.find((move) => move.key === key)!),
            }}
          >
            <Button data-moves size="small" aria-haspopup="menu" aria-expanded={open} aria-label={t('ledger.movesOf', { title })}>
              {t('ledger.moves')}
            </Button>
          </Dropdown>
        )}
      </div>
    </li>
  )
}
