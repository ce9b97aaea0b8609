// Rules that need no schema library, so that both ends look at a file by the same before it travels.

export const fileKinds = ['pdf', 'docx', 'xlsx', 'jpeg', 'png'] as const
export type FileKind = (typeof fileKinds)[number]

/** Files of one message. */
export const mostFiles = 6
export const mostFileBytes = 20 * 1024 * 1024
export const mostNameLength = 120

/** What a chooser of files is told to offer. */
export const acceptedFiles = '.pdf,.docx,.xlsx,.jpg,.jpeg,.png'

/** Where a file of a conversation is uploaded to, and served from. */
export const conversationFilePath = (assignmentId: string, fileId: string) => `/api/assignments/${assignmentId}/files/${fileId}`
