/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import type { CommonGround } from '../../../shared/opinion.ts'
import { usePhone } from '../preferences.tsx'
import { Ground, isBeingPlaced } from './Ground.tsx'

/** While it is open it follows, slowly: thousands may have it open. Sooner for who waits for their own place. */
const readEveryMs = { usually: 30_000, waiting: 5_000 }

/** What people think, for whoever opens it and has voted on some. */
export function Opinions({ meetingId }: { meetingId: string }) {
  const { t, api } = usePhone()
  const [open, setOpen] = useState(false)
  const [ground, setGround] = useState<CommonGround | 'failed' | null>(null)
  useEffect(() => {
    if (!open) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let closed = false
    const readAgain = async () => {
      const result = await api.common(meetingId)
      if (closed) return
      setGround((before) => (result.ok ? result.value : (before ?? 'failed')))
      const waits = result.ok && result.value.groups.length > 0 && isBeingPlaced(result.value)
      timer = setTimeout(() => void readAgain(), waits ? readEveryMs.waiting : readEveryMs.usually)
    }
    void readAgain()
    return () => {
      closed = true
      clearTimeout(timer)
    }
  }, [open, meetingId, api])

  return (
    <details class="card my-stances opinions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('opinion.open')}</summary>
      {ground === null && <p class="soft">{t('page.loading')}</p>}
      {ground === 'failed' && <p role="status">{t('opinion.failed')}</p>}
      {ground !== null && ground !== 'failed' && <Ground ground={ground} />}
    </details>
  )
}
