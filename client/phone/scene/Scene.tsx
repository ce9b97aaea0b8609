/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import { usePhone } from '../preferences.tsx'
import type { Translate } from '../words.ts'
import './scene.css'
import { type SceneView, useStill } from './useStill.ts'

/** A phone that was put down shall not go on using its owner's data. */
const watchMs = 5 * 60_000

/** On request, who speaks in the hall: a small picture every few seconds, for lines that carry no video. */
export function Scene({ meetingId }: { meetingId: string }) {
  const { t } = usePhone()
  const [state, setState] = useState<'off' | 'on' | 'paused'>('off')
  const view = useStill(meetingId, state === 'on')
  useEffect(() => {
    if (state !== 'on') return
    const timer = setTimeout(() => setState('paused'), watchMs)
    return () => clearTimeout(timer)
  }, [state])

  if (state === 'off')
    return (
      <button type="button" class="button quiet scene-open" onClick={() => setState('on')}>
        {t('scene.open')}
      </button>
    )
  return (
    <section class="card scene" aria-label={t('scene.title')}>
      {state === 'on' ? (
        <Shown view={view} />
      ) : (
        <>
          <p role="status">{t('scene.paused')}</p>
          <button type="button" class="button" onClick={() => setState('on')}>
            {t('scene.again')}
          </button>
        </>
      )}
      <button type="button" class="unfold" onClick={() => setState('off')}>
        {t('scene.close')}
      </button>
    </section>
  )
}

function Shown({ view }: { view: SceneView }) {
  const { t } = usePhone()
  const { still, picture, failed } = view
  const speaker = still?.speaker
  const word = wordOf(t, view)
  return (
    <figure>
      <div class="scene-frame">
        {picture && speaker && !failed ? <img src={picture} alt={t('scene.picture', { name: speaker.name })} /> : <p>{word}</p>}
      </div>
      <figcaption>
        <p class="scene-who" aria-live="polite">
          {speaker && [speaker.name, speaker.siteName].filter(Boolean).join(' · ')}
        </p>
        <p class="soft small">{t('scene.note')}</p>
      </figcaption>
    </figure>
  )
}

function wordOf(t: Translate, { still, slow, failed }: SceneView): string {
  if (failed) return t('scene.failed')
  if (!still) return t('page.loading')
  if (!still.speaker) return t('scene.nobody')
  if (still.camera === 'off') return t('scene.dark')
  return t(slow ? 'scene.none' : 'scene.waiting')
}
