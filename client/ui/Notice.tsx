import { Typography } from 'antd'
import type { ReactNode } from 'react'

/** A page that only says something: not found, not allowed, failed. */
export function Notice({ title, text, children }: { title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <section className="notice">
      <Typography.Title level={1}>{title}</Typography.Title>
      <p>{text}</p>
      <div className="row">{children}</div>
    </section>
  )
}
