import { standardProposalRules } from '../../shared/proposal-rules.ts'
import type { RegionSetting } from '../../shared/settings.ts'
import type { TrialUsername } from './ids.ts'

/** In the trial each secretariat is one person, who may do both reviews; each district numbers in its own way. */
export const proposalSettings: (RegionSetting & { by: TrialUsername })[] = (
  [
    ['330503', '浔议', 'secretary-nanxun'],
    ['320509', '吴议', 'secretary-wujiang'],
  ] as const
).map(([regionCode, mark, by]) => ({
  by,
  regionCode,
  key: 'proposals',
  value: { ...standardProposalRules, sameReviewer: true, number: `${mark}〔{year}〕{n}号` },
  version: 0,
}))
