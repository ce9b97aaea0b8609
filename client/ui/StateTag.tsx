import type { ReactNode } from 'react'
import './state.css'

export type Tone = 'live' | 'good' | 'steady' | 'warn' | 'late' | 'next' | 'plain'

/** A shape for each tone, so that the colour never speaks alone. */
const shapes: Record<Tone, ReactNode> = {
  live: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  good: <path d="M2 6.5 5 9.5 10.5 3" fill="none" stroke="currentColor" strokeWidth="2" />,
  steady: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  warn: <path d="M6 1.5 11.2 10.5H.8z" fill="currentColor" />,
  late: <rect x="1.5" y="1.5" width="9" height="9" fill="currentColor" />,
  next: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
  plain: <path d="M2 6h8" stroke="currentColor" strokeWidth="2" />,
}

/** A state as colour, shape and word together. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`state state-${tone}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  )
}
