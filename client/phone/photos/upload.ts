import type { Result } from '../../../shared/commands.ts'
import { photoPath } from '../../../shared/photo-rules.ts'
import { failureIn, unreachable } from '../answers.ts'

/** A picture on a thin line takes its time; one that does not move for this long has lost it. */
const stalledMs = 30_000

/** Sends a picture. `fetch` cannot say how far it has got. */
export function upload(photoId: string, bytes: ArrayBuffer, onProgress: (share: number) => void): Promise<Result<unknown>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const fail = () => resolve({ ok: false, error: unreachable })
    let stalled = setTimeout(() => request.abort(), stalledMs)
    const goesOn = () => {
      clearTimeout(stalled)
      stalled = setTimeout(() => request.abort(), stalledMs)
    }
    request.open('PUT', photoPath(photoId))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      goesOn()
      if (event.total > 0) onProgress(event.loaded / event.total)
    }
    request.onload = () =>
      resolve(request.status === 200 ? { ok: true, value: request.response } : { ok: false, error: failureIn(request.response) })
    request.onerror = request.onabort = fail
    request.onloadend = () => clearTimeout(stalled)
    request.send(bytes)
  })
}
