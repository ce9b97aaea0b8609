import { useEffect } from 'react'

/** The digits choose a tab, except while something is being written. */
export function useTabKeys<T>(tabs: readonly T[], choose: (tab: T) => void) {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return
      const tab = tabs[Number(event.key) - 1]
      if (tab !== undefined) choose(tab)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [tabs, choose])
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="listbox"]') !== null)
