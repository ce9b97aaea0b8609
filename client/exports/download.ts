import type { Failure } from '../../shared/errors.ts'
import { failureFromAnswer, noAnswer } from '../transport/failures.ts'

/** Longer than the server takes for the slowest paper. */
const timeoutMs = 180_000

/** Fetches a file that takes a while and has the browser save it. Gives what went wrong, or null. */
export async function download(path: string): Promise<Failure | null> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) return failureFromAnswer(response.status, await response.json().catch(() => undefined))
    save(await response.blob(), nameOf(response.headers.get('content-disposition')) ?? path.split('/').at(-1) ?? '')
    return null
  } catch {
    return noAnswer
  }
}

/** The file's name as RFC 6266 gives it. */
function nameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return encoded === undefined ? null : decodeURIComponent(encoded)
}

function save(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href))
}
