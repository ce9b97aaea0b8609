/** @jsxImportSource preact */
import { render } from 'preact'
import { createApi } from './api.ts'
import { PhonePage } from './PhonePage.tsx'
import { createPhotoKeep } from './photos/keep.ts'
import { PhoneProvider } from './preferences.tsx'
import { createStorage } from './storage.ts'
import './phone.css'

const root = document.getElementById('phone')
if (root) {
  render(
    <PhoneProvider
      api={createApi((input, init) => fetch(input, init))}
      storage={createStorage(() => localStorage)}
      photos={createPhotoKeep(() => indexedDB)}
    >
      <PhonePage path={location.pathname} />
    </PhoneProvider>,
    root,
  )
}
