import { useEffect, useState } from 'preact/hooks'
import { usePhone } from '../preferences.tsx'

/** The address of a picture that is kept on this phone; null until it is there, or when it is not. */
export function usePicture(photoId: string): string | null {
  const { photos } = usePhone()
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let gone = false
    void photos.get(photoId).then((bytes) => {
      if (!bytes || gone) return
      made = URL.createObjectURL(new Blob([bytes]))
      setAddress(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [photos, photoId])
  return address
}
