/** @jsxImportSource preact */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import type { Api } from './api.ts'
import { rememberLanguage, startingLanguage } from './language.ts'
import type { PhotoKeep } from './photos/keep.ts'
import type { Storage } from './storage.ts'
import { createTranslate, type Language, type Translate } from './words.ts'

export type Phone = {
  api: Api
  storage: Storage
  photos: PhotoKeep
  t: Translate
  language: Language
  large: boolean
  setLanguage: (language: Language) => void
  setLarge: (large: boolean) => void
}

const PhoneContext = createContext<Phone | null>(null)

/** @throws when used outside of `PhoneProvider`. */
export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('usePhone outside of PhoneProvider')
  return phone
}

type Props = { api: Api; storage: Storage; photos: PhotoKeep; children: ComponentChildren }

/** The language and the size of type, kept on the phone. */
export function PhoneProvider({ api, storage, photos, children }: Props) {
  const [language, setLanguage] = useState<Language>(startingLanguage)
  const [large, setLarge] = useState(() => storage.get<boolean>('large') ?? false)

  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    storage.set('large', large)
    document.documentElement.classList.toggle('large', large)
  }, [large, storage])

  const phone = useMemo(
    () => ({
      api,
      storage,
      photos,
      t: createTranslate(language),
      language,
      large,
      setLanguage: (next: Language) => {
        rememberLanguage(next)
        setLanguage(next)
      },
      setLarge,
    }),
    [api, storage, photos, language, large],
  )
  return <PhoneContext.Provider value={phone}>{children}</PhoneContext.Provider>
}
