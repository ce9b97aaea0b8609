import { useState } from 'react'
import type { Failure } from '../../shared/errors.ts'
import { download } from './download.ts'

/** Files that the server takes a while to make: which one is being made, and what went wrong with the last. */
export function useDownload() {
  const [pending, setPending] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function start(path: string): Promise<Failure | null> {
    setPending(path)
    setFailure(null)
    const failed = await download(path)
    setFailure(failed)
    setPending(null)
    return failed
  }

  return { pending, failure, start }
}
