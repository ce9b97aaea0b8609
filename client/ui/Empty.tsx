import type { ReactNode } from 'react'
import './empty.css'

/** Says what would be here and who makes it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
