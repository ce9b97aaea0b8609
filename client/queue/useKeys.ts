import { useEffect, useRef } from 'react'

const typingInputs = ['text', 'search', 'number', 'email', 'tel', 'url', 'password']

/** Whether keys belong to what is focused: to a field, or arrows to a choice. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)) return true
  if (target.closest('[role="tab"]') && key.startsWith('Arrow')) return true
  if (!(target instanceof HTMLInputElement)) return false
  return typingInputs.includes(target.type) || (target.type === 'radio' && key.startsWith('Arrow'))
}

/** One letter for each thing to do, unless somebody types or a dialog is open. A key that is held down does it once, unless it is in `going`. */
export function useKeys(keys: Readonly<Record<string, () => void>>, going: readonly string[]) {
  const latest = useRef({ keys, going })
  useEffect(() => {
    latest.current = { keys, going }
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event) || document.querySelector('[role="dialog"]')) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const act = latest.current.keys[key]
      if (!act) return
      event.preventDefault()
      if (!event.repeat || latest.current.going.includes(key)) act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
