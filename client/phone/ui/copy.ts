/**
 * Copies text. The clipboard API exists only on https and not in every WebView; the old command works where it is missing.
 * @returns whether it was copied.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyTheOldWay(text)
  }
}

function copyTheOldWay(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  // Read-only keeps the keyboard away; off the screen but not hidden, for hidden text cannot be selected.
  field.readOnly = true
  field.className = 'unseen'
  document.body.append(field)
  field.select()
  field.setSelectionRange(0, text.length)
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
  }
}
