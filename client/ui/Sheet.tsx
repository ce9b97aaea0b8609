import { type ReactNode, useId } from 'react'

/** One titled part of a page. */
export function Sheet({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="sheet sheet-padded" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id} className="section-title">
          {title}
        </h2>
        {aside && <div className="soft">{aside}</div>}
      </div>
      {children}
    </section>
  )
}
