import { useState } from 'react'
import { v7 } from 'uuid'
import type { ConversationFile } from '../../shared/conversations.ts'
import type { Failure } from '../../shared/errors.ts'
import { conversationFilePath, mostFileBytes, mostFiles, mostNameLength } from '../../shared/file-rules.ts'
import { putBytes } from '../transport/http.ts'

export type Upload = { id: string; name: string; bytes: number; state: 'sending' | 'kept' | 'failed' }

const refusal = (reason: string): Failure => ({ code: 'invalid-input', reason })

/** Files that are sent ahead of the message which they come with. */
export function useUploads(assignmentId: string) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const mark = (id: string, state: Upload['state']) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, state } : one)))

  async function add(file: File) {
    if (uploads.length >= mostFiles) return setFailure(refusal('too-many-files'))
    if (file.size > mostFileBytes) return setFailure({ code: 'too-large', reason: 'file-too-large' })
    setFailure(null)
    // The end of a name says what a file is; what is too long is cut before it.
    const name = file.name.length > mostNameLength ? file.name.slice(-mostNameLength) : file.name
    const upload: Upload = { id: v7(), name, bytes: file.size, state: 'sending' }
    setUploads((all) => [...all, upload])
    const path = `${conversationFilePath(assignmentId, upload.id)}?name=${encodeURIComponent(name)}`
    const result = await putBytes<ConversationFile>(path, await file.arrayBuffer())
    mark(upload.id, result.ok ? 'kept' : 'failed')
    if (!result.ok) setFailure(result.error)
  }
  return {
    uploads,
    failure,
    sending: uploads.some(({ state }) => state === 'sending'),
    kept: uploads.filter(({ state }) => state === 'kept').map(({ id }) => id),
    add,
    remove: (id: string) => setUploads((all) => all.filter((one) => one.id !== id)),
    clear: () => setUploads([]),
  }
}
