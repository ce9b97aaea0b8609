import { type ReactNode, Suspense } from 'react'
import { PageSkeleton } from './PageSkeleton.tsx'

/** Keeps the layout while a page's code is on its way. */
export function PageBoundary({ children }: { children: ReactNode }) {
  return <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
}
