import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LedgerCounts, type LedgerLine, type LedgerState, ledgerStates } from '../../shared/ledger.ts'
import { BoardColumn } from './BoardColumn.tsx'
import { figureOf } from './counting.ts'
import { useLedgerAddress } from './useLedgerAddress.ts'
import { useMoves } from './useMoves.tsx'

const columns = ledgerStates.filter((state) => state !== 'past')

/** A column for each state. A card goes only where it may be moved, by dragging it or by its menu. */
export function Board({ counts }: { counts: LedgerCounts }) {
  const { t } = useTranslation()
  const { filter } = useLedgerAddress()
  const board = useRef<HTMLElement>(null)
  const [dragged, setDragged] = useState<LedgerLine | null>(null)
  const { movesOf, make, failure, note } = useMoves()
  const moveTo = (state: LedgerState) => (dragged ? movesOf(dragged).find(({ to }) => to === state) : undefined)
  const shown = columns.filter((state) => filter.state === undefined || filter.state === state)
  return (
    <>
      <div className="soft small">
        {t('ledger.boardKeys')}
        <span role="status" className="visually-hidden">
          {note}
        </span>
      </div>
      {failure}
      <section
        ref={board}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to scroll by keyboard too, also while no column has a card (WCAG 2.1.1).
        tabIndex={0}
        className="ledger-board"
        aria-label={t('ledger.board')}
        onKeyDown={(event) => walk(board.current, event)}
      >
        {shown.map((state) => (
          <BoardColumn
            key={state}
            state={state}
            count={figureOf(counts, { state, colour: filter.colour })}
            movesOf={movesOf}
            onMove={make}
            onDrag={setDragged}
            takes={moveTo(state) !== undefined}
            onDrop={() => {
              const move = moveTo(state)
              if (dragged && move) make(dragged, move)
              setDragged(null)
            }}
          />
        ))}
      </section>
    </>
  )
}

/** Up and down within a column, left and right to the nearest card of the next one that has any; M opens what can be done. */
function walk(board: HTMLElement | null, event: KeyboardEvent) {
  const card = event.target instanceof Element ? event.target.closest('[data-card]') : null
  if (!board || !card || event.altKey || event.ctrlKey || event.metaKey) return
  if (event.key === 'm' || event.key === 'M') return card.querySelector<HTMLButtonElement>('[data-moves]')?.click()
  const filled = [...board.querySelectorAll('[data-column]')]
    .map((column) => [...column.querySelectorAll('[data-card]')])
    .filter((cards) => cards.length > 0)
  const column = filled.findIndex((cards) => cards.includes(card))
  const row = filled[column]?.indexOf(card) ?? 0
  const steps: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
  const [aside, down] = steps[event.key] ?? [0, 0]
  const cards = filled[column + aside]
  if (!cards || (aside === 0 && down === 0)) return
  event.preventDefault()
  const next = cards[Math.max(0, Math.min(cards.length - 1, row + down))]
  next?.querySelector<HTMLAnchorElement>('a')?.focus()
}
