import type { ReactNode } from 'react'

/** A form without fields that check themselves: Enter and its button do the same. */
export function PlainForm({ className, onSubmit, children }: { className: string; onSubmit: () => unknown; children: ReactNode }) {
  return (
    <form
      className={className}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
