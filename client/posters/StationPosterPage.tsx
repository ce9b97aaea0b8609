import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { regionName } from '../regions/RegionPath.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { PosterSheets } from './PosterSheets.tsx'

/** The poster of a standing venue, which hangs there from meeting to meeting. */
export function StationPosterPage() {
  const { t } = useTranslation()
  const { stationId = '' } = useParams()
  return (
    <Loaded of={useQueryOf('station', { stationId })}>
      {({ code, kind, name, path }) => (
        <PosterSheets
          title={name}
          back="/admin?tab=stations"
          posters={[{ code, kind: t(`stations.kind.${kind}`), title: name, lines: [regionName(path.slice(1))] }]}
        />
      )}
    </Loaded>
  )
}
