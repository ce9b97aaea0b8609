import { useQueryClient } from '@tanstack/react-query'
import type { RegionSetting, SettingKey } from '../../shared/settings.ts'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** A region's own word under one key. */
export type Setting<K extends SettingKey> = Extract<RegionSetting, { key: K }>
/** What holds without it: of which region above that is, or null for the standard. */
export type Inherited<K extends SettingKey> = { regionCode: string | null; setting: Setting<K> }

/** What a region has set under one key, and what it would have from above. */
export function useSetting<K extends SettingKey>(regionCode: string, key: K) {
  const read = useQueryOf('region-setting', { regionCode, key })
  // The answer is of the key that was asked for; the union of all answers does not show that.
  return { ...read, data: read.data as { own: Setting<K>; inherited: Inherited<K> } | undefined }
}

/** Saves it as the next version; null takes what the region above says. */
export function useSaveSetting<K extends SettingKey>({ regionCode, key, version }: Setting<K>, inherited: Inherited<K>) {
  const queryClient = useQueryClient()
  const save = useCommand('setting:set')
  async function send(value: Setting<K>['value']): Promise<boolean> {
    // Key and value are typed together by K; the union of pairs cannot see that.
    const result = await save.send({ regionCode, key, value, version } as RegionSetting)
    if (result.ok) queryClient.setQueryData(keyOf('region-setting', { regionCode, key }), { own: result.value, inherited })
    return result.ok
  }
  return { ...save, send }
}
