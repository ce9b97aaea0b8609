import { useEffect, useState } from 'preact/hooks'
import { stillEveryMs, stillPath } from '../../../shared/still-rules.ts'
import type { Still } from '../../../shared/stills.ts'
import { usePhone } from '../preferences.tsx'

/** `slow`: there is a camera, and no picture of it has come for a while. */
export type SceneView = { still: Still | null; picture: string | null; slow: boolean; failed: boolean }

const begun: SceneView = { still: null, picture: null, slow: false, failed: false }
/** Until the first picture: the speaker's page is asked only now that somebody looks. */
const soonMs = 1_000
const soonTries = 6

/** Who speaks in the hall, with a picture every few seconds while `on` and while the page is looked at. */
export function useStill(meetingId: string, on: boolean): SceneView {
  const { api } = usePhone()
  const [view, setView] = useState(begun)
  useEffect(() => {
    if (!on) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let turn = 0
    let tries = 0

    async function look() {
      clearTimeout(timer)
      const mine = ++turn
      if (document.visibilityState === 'hidden') return
      const result = await api.still(meetingId)
      const still = result.ok ? result.value : null
      const address = still?.stillId ? stillPath(meetingId, still.stillId) : null
      // Loaded before it is shown: the one before stays until then.
      const loaded = address !== null && (await isLoaded(address))
      if (mine !== turn) return
      tries = still?.camera === 'on' && !still.stillId ? tries + 1 : 0
      const slow = tries > soonTries
      setView((before) => {
        if (!still) return { ...before, failed: true }
        return { still, picture: loaded ? address : address && before.picture, slow, failed: false }
      })
      timer = setTimeout(() => void look(), tries > 0 && !slow ? soonMs : stillEveryMs)
    }

    const wake = () => void look()
    setView(begun)
    void look()
    document.addEventListener('visibilitychange', wake)
    return () => {
      turn = -1
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [api, meetingId, on])
  return view
}

const isLoaded = (address: string) =>
  new Promise<boolean>((resolve) => {
    const image = new Image()
    image.onload = () => resolve(true)
    image.onerror = () => resolve(false)
    image.src = address
  })
