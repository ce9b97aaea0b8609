/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks'
import type { Meeting } from '../../../shared/meetings.ts'
import { usePhone } from '../preferences.tsx'

/** The way to the minutes of a meeting that is over, once every region has signed them. */
export function SignedMinutes({ meeting: { id, code } }: { meeting: Meeting }) {
  const { t, api, language } = usePhone()
  const [there, setThere] = useState(false)
  useEffect(() => {
    void api.publishedMinutes(id).then((result) => setThere(result.ok && result.value.length > 0))
  }, [api, id])
  return there ? (
    <section class="card">
      <a class="button" href={`/minutes/${code}?lang=${language}`}>
        {t('step.readMinutes')}
      </a>
    </section>
  ) : null
}
