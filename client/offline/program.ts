/**
 * Whether the server still has the program that this page runs: the name of its entry changes with every part of it. Null when it
 * cannot be reached.
 */
export async function isCurrentProgram(): Promise<boolean | null> {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
  if (!entry) return true
  try {
    const page = await fetch(location.pathname, { headers: { accept: 'text/html' }, cache: 'no-store' })
    return page.ok ? (await page.text()).includes(new URL(entry.src).pathname) : null
  } catch {
    return null
  }
}
