import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Station } from '../../shared/stations.ts'
import { useMe } from '../identity/MeContext.tsx'
import { regionName } from '../regions/RegionPath.tsx'
import { RegionSelect } from '../regions/RegionSelect.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Empty } from '../ui/Empty.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { managedRegions } from './managedRegions.ts'
import { NewStationForm } from './NewStationForm.tsx'
import { StationDetails } from './StationDetails.tsx'
import { useStations } from './useStations.ts'

/** The standing venues of one's own regions, or of one that is chosen. */
export function StationsTab() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [chosen, setChosen] = useState<string>()
  const stations = useStations(chosen === undefined ? managedRegions(actor) : [chosen])
  return (
    <div className="stack stack-wide">
      <Sheet title={t('stations.new')}>
        <NewStationForm />
      </Sheet>
      <div className="row">
        <div style={{ width: 360, maxWidth: '100%' }}>
          <RegionSelect
            aria-label={t('admin.filterRegion')}
            placeholder={t('admin.filterRegion')}
            {...(chosen === undefined ? {} : { value: chosen })}
            onChange={setChosen}
          />
        </div>
        {chosen !== undefined && <Button onClick={() => setChosen(undefined)}>{t('stations.own')}</Button>}
      </div>
      <Loaded of={stations} skeleton={<ListSkeleton />}>
        {(list) => (list.length > 0 ? <StationTable stations={list} /> : <Empty>{t('stations.none')}</Empty>)}
      </Loaded>
    </div>
  )
}

function StationTable({ stations }: { stations: readonly Station[] }) {
  const { t } = useTranslation()
  const columns: Column<Station>[] = [
    { key: 'name', title: t('stations.name'), draw: ({ name }) => name },
    { key: 'kind', title: t('admin.kind'), width: 150, draw: ({ kind }) => t(`stations.kind.${kind}`) },
    { key: 'region', title: t('admin.region'), draw: ({ path }) => regionName(path.slice(1)) },
    {
      key: 'code',
      title: t('stations.code'),
      width: 130,
      draw: ({ code, retired }) =>
        retired ? (
          <StateTag tone="plain">{t('stations.closed')}</StateTag>
        ) : (
          <a className="hash" href={`/s/${code}`}>
            {code}
          </a>
        ),
    },
    {
      key: 'poster',
      title: t('posters.poster'),
      width: 110,
      draw: ({ id, name, retired }) =>
        !retired && (
          <LinkButton size="small" to={`/stations/${id}/poster`} aria-label={t('posters.of', { name })}>
            {t('posters.print')}
          </LinkButton>
        ),
    },
  ]
  return (
    <DataTable
      label={t('stations.stations')}
      columns={columns}
      rows={stations}
      keyOf={({ id }) => id}
      minWidth={760}
      details={{ draw: (station) => <StationDetails station={station} />, nameOf: ({ name }) => t('stations.change', { name }) }}
    />
  )
}
