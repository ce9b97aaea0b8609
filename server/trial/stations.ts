import type { Station } from '../../shared/stations.ts'
import type { TrialUsername } from './ids.ts'
import { trialStations as ids } from './ids.ts'

type Opened = Pick<Station, 'id' | 'regionCode' | 'kind' | 'name'> & { by: TrialUsername }

/** The standing venues of both districts, from the district's hall down to a member's studio. */
export const stations: Opened[] = [
  ...[
    { id: ids.nanxunMainHall, regionCode: '330503', kind: 'main-hall' as const, name: '南浔区“请你来协商”议事厅' },
    { id: ids.nanxunTown, regionCode: '330503100', kind: 'hall' as const, name: '南浔镇民生议事堂' },
    { id: ids.shuanglin, regionCode: '330503101', kind: 'hall' as const, name: '双林镇民生议事堂' },
    { id: ids.xundong, regionCode: '330503100225', kind: 'post' as const, name: '浔东村协商驿站' },
    { id: ids.dongshuanglin, regionCode: '330503101202', kind: 'post' as const, name: '东双林村协商驿站' },
    { id: ids.canalStudio, regionCode: '330503100', kind: 'studio' as const, name: '頔塘河畔委员工作室' },
  ].map((station) => ({ ...station, by: 'secretary-nanxun' as const })),
  ...[
    { id: ids.wujiangMainHall, regionCode: '320509', kind: 'main-hall' as const, name: '吴江区“有事好商量”协商议事厅' },
    { id: ids.zhenze, regionCode: '320509108', kind: 'hall' as const, name: '震泽镇民生议事堂' },
    { id: ids.zhonganqiao, regionCode: '320509108205', kind: 'post' as const, name: '众安桥村协商驿站' },
    { id: ids.taoyuanStudio, regionCode: '320509109', kind: 'studio' as const, name: '桃源镇委员工作室' },
  ].map((station) => ({ ...station, by: 'secretary-wujiang' as const })),
]
