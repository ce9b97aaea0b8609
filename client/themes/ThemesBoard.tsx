import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import type { Themes } from '../../shared/themes.ts'
import { useMe } from '../identity/MeContext.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { AsideSwitch } from '../voice/AsideSwitch.tsx'
import { useThemes } from '../voice/useVoice.ts'
import { SameGroups } from './SameGroups.tsx'
import { ThemeDetail } from './ThemeDetail.tsx'
import { ThemeList } from './ThemeList.tsx'
import './themes.css'

/** Everything people write, in order: what the words say, and what a moderator has put right. */
export function ThemesBoard({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  return (
    <Loaded of={useThemes(meeting, all)}>
      {(found) => (
        <>
          <AsideSwitch setAside={found.setAside} all={all} onChange={setAll} />
          {found.themes.length === 0 && found.loose === 0 ? (
            <Empty>{t('themes.none')}</Empty>
          ) : (
            <Board meeting={meeting} found={found} all={all} />
          )}
        </>
      )}
    </Loaded>
  )
}

/** In the address for the suggestions that are in no theme. */
const loose = 'none'

function Board({ meeting, found, all }: { meeting: Meeting; found: Themes; all: boolean }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const [search, setSearch] = useSearchParams()
  const mayModerate = can(actor, 'suggestion:moderate', subjectOfMeeting(meeting))
  const wanted = search.get('theme')
  const chosen = wanted === loose ? null : (found.themes.find(({ id }) => id === wanted) ?? found.themes[0] ?? null)
  const choose = (id: string | null) => setSearch({ tab: 'themes', theme: id ?? loose }, { replace: true })
  return (
    <div className="stack stack-wide">
      <p className="soft themes-intro">{t(mayModerate ? 'themes.intro' : 'themes.introReading')}</p>
      <div className="themes-board">
        <ThemeList themes={found.themes} loose={found.loose} chosenId={chosen?.id ?? null} onChoose={choose} />
        <ThemeDetail
          key={chosen?.id ?? loose}
          meeting={meeting}
          theme={chosen}
          themes={found.themes}
          all={all}
          mayModerate={mayModerate}
          onGone={choose}
        />
      </div>
      <SameGroups groups={found.same} mayModerate={mayModerate} />
    </div>
  )
}
