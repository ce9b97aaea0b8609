import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A few divisions in the shape of the package's `dist` folder, as its files really look. */
export const files: Record<string, string> = {
  'provinces.csv': 'code,name\n33,"浙江省"\n44,"广东省"\n',
  'cities.csv': 'code,name,provinceCode\n3305,"湖州市",33\n4419,"东莞市",44\n',
  'areas.csv': 'code,name,cityCode,provinceCode\n330503,"南浔区",3305,33\n441900,"东莞市",4419,44\n',
  'streets.csv': 'code,name,areaCode,provinceCode,cityCode\n330503100,"南浔镇",330503,33,3305\n441900003,"东城街道",441900,44,4419\n',
  'villages.csv':
    'code,name,streetCode,provinceCode,cityCode,areaCode\n330503100238,"辑里村委会",330503100,33,3305,330503\n441900003003,"岗贝社区居民委员会",441900003,44,4419,441900\n',
}

export async function writeDivisions(changes: Record<string, string | undefined> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yishi-divisions-'))
  for (const [name, content] of Object.entries({ ...files, ...changes }))
    if (content !== undefined) await writeFile(join(folder, name), content)
  return folder
}
