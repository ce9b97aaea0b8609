import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { colours } from '../../shared/clocks.ts'
import type { LedgerCounts } from '../../shared/ledger.ts'
import { StateTag } from '../ui/StateTag.tsx'
import { figureOf, isNarrowed, type Shown, statesIn } from './counting.ts'
import { tones } from './LineTag.tsx'
import { useLedgerAddress } from './useLedgerAddress.ts'
import { useStateName } from './useStateName.ts'

/** How many stand where and how their deadlines do; each figure is a filter. */
export function StateStrip({ counts }: { counts: LedgerCounts }) {
  const { t } = useTranslation()
  const { filter, narrow, show } = useLedgerAddress()
  const nameOf = useStateName()
  const { state, colour } = filter
  const button = (key: string, chosen: boolean, shown: Shown, words: React.ReactNode, onClick: () => void) => (
    <button key={key} type="button" className="ledger-count" aria-pressed={chosen} onClick={onClick}>
      {words} <span className="ledger-figure">{figureOf(counts, shown)}</span>
    </button>
  )
  return (
    <div className="row row-wide">
      <fieldset className="ledger-strip" aria-label={t('ledger.stateFilter')}>
        {button('all', state === undefined, { state: undefined, colour }, t('ledger.all'), () => narrow({ state: undefined }))}
        {statesIn(counts, state).map((one) =>
          button(one, one === state, { state: one, colour }, nameOf(one), () => narrow({ state: one === state ? undefined : one })),
        )}
      </fieldset>
      <fieldset className="ledger-strip" aria-label={t('ledger.colourFilter')}>
        {colours.map((one) =>
          button(
            one,
            one === colour,
            { state, colour: one },
            <StateTag tone={tones[one]}>{t(`recommendations.colour.${one}`)}</StateTag>,
            () => narrow({ colour: one === colour ? undefined : one }),
          ),
        )}
      </fieldset>
      {isNarrowed(filter) && (
        <Button type="link" onClick={() => show({ filter: {} })}>
          {t('ledger.clear')}
        </Button>
      )}
    </div>
  )
}
