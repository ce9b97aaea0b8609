import { useEffect, useState } from 'react'
import { devicesAllowed } from './devices.ts'

export type KnownDevice = { id: string; label: string }
export type Devices = Record<'microphone' | 'camera' | 'speaker', KnownDevice[]>

const kinds = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const
const none: Devices = { microphone: [], camera: [], speaker: [] }

/** The devices of this machine; read again when one is plugged in, and when `changing` changes: names appear only with the permission. */
export function useDevices(changing: unknown): Devices {
  const [devices, setDevices] = useState(none)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changing` is only there to read again.
  useEffect(() => {
    if (!devicesAllowed()) return
    const read = () =>
      void navigator.mediaDevices.enumerateDevices().then(
        (all) => setDevices(sorted(all)),
        () => {},
      )
    read()
    navigator.mediaDevices.addEventListener('devicechange', read)
    return () => navigator.mediaDevices.removeEventListener('devicechange', read)
  }, [changing])
  return devices
}

function sorted(all: MediaDeviceInfo[]): Devices {
  const devices: Devices = { microphone: [], camera: [], speaker: [] }
  // Without an id the browser only says that there is one.
  for (const { kind, deviceId, label } of all) if (deviceId) devices[kinds[kind]].push({ id: deviceId, label })
  return devices
}
