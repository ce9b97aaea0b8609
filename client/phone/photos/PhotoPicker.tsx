/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import { mostPhotos } from '../../../shared/photo-rules.ts'
import { usePhone } from '../preferences.tsx'
import { shrink } from './shrink.ts'
import { usePicture } from './usePicture.ts'

type Props = { photoIds: readonly string[]; onChange: (photoIds: string[]) => void }

/** Up to three pictures, taken or chosen, made small at once and kept on this phone. */
export function PhotoPicker({ photoIds, onChange }: Props) {
  const { t, photos } = usePhone()
  const [state, setState] = useState<'ready' | 'busy' | 'unreadable'>('ready')
  const room = mostPhotos - photoIds.length

  async function take(files: readonly File[]) {
    setState('busy')
    const added: string[] = []
    let unreadable = false
    for (const file of files.slice(0, room)) {
      const bytes = await shrink(file)
      if (!bytes) {
        unreadable = true
        continue
      }
      const photoId = v7()
      await photos.put(photoId, bytes)
      added.push(photoId)
    }
    setState(unreadable ? 'unreadable' : 'ready')
    onChange([...photoIds, ...added])
  }
  function remove(photoId: string) {
    void photos.forget([photoId])
    onChange(photoIds.filter((id) => id !== photoId))
  }

  return (
    <div>
      {photoIds.length > 0 && (
        <ul class="photos">
          {photoIds.map((photoId, index) => (
            <Chosen key={photoId} photoId={photoId} n={index + 1} onRemove={() => remove(photoId)} />
          ))}
        </ul>
      )}
      {room > 0 && (
        <label class={state === 'busy' ? 'button quiet picker busy' : 'button quiet picker'}>
          <input
            type="file"
            class="unseen"
            accept="image/*"
            multiple
            disabled={state === 'busy'}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])]
              // The same picture can be chosen again after it was removed.
              event.currentTarget.value = ''
              if (files.length > 0) void take(files)
            }}
          />
          {state === 'busy' ? t('photo.preparing') : t('photo.add', { count: room })}
        </label>
      )}
      <p role="alert" class="wrong">
        {state === 'unreadable' && t('photo.unreadable')}
      </p>
    </div>
  )
}

function Chosen({ photoId, n, onRemove }: { photoId: string; n: number; onRemove: () => void }) {
  const { t } = usePhone()
  const address = usePicture(photoId)
  return (
    <li class="photo">
      {address ? <img src={address} alt={t('photo.mine', { n })} /> : <span class="photo-empty" />}
      <button type="button" class="photo-remove" aria-label={t('photo.remove', { n })} onClick={onRemove}>
        <span aria-hidden="true">×</span>
      </button>
    </li>
  )
}
