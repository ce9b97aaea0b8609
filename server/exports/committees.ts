import type { Meeting } from '../../shared/meetings.ts'
import { type Actor, stranger } from '../../shared/policy.ts'
import type { Organization } from '../../shared/regions.ts'

type Deps = { organizations(actor: Actor, input: { regionCode: string }): Promise<Organization[]> }

/** Whose paper it is: the committee of each co-hosting region, or the region's name where it has none. */
export const createCommittees =
  ({ organizations }: Deps) =>
  async ({ regions }: Meeting): Promise<string[]> => {
    const names: string[] = []
    for (const { code, path } of regions) {
      const found = await organizations(stranger, { regionCode: code })
      names.push(found.find(({ kind, regionCode }) => kind === 'committee' && regionCode === code)?.name ?? path.join(''))
    }
    return names
  }
