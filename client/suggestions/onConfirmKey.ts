import type { KeyboardEvent } from 'react'

/** For a field of a dialog: Ctrl or ⌘ with Enter does what the dialog is for, since Enter alone begins a new line. */
export const onConfirmKey = (confirm: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
  event.preventDefault()
  confirm()
}
