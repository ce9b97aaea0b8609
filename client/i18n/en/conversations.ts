import type { Words } from '../words.ts'
import type { conversations as zhCN } from '../zh-CN/conversations.ts'

export const conversations = {
  title: 'Conversation',
  with: 'Choose a department',
  empty:
    'Nothing has been said yet. Proposers and the department can write here before, during and after handling, and note down calls, visits and meetings.',
  side: { department: 'Department', secretariat: 'Secretariat', proposer: 'Proposer' },
  stage: { before: 'Before handling', during: 'While handling', after: 'After handling' },
  way: { message: 'Message', phone: 'Phone call', visit: 'Visit', meeting: 'Meeting' },
  stageField: 'Stage',
  wayField: 'Way',
  heldOn: 'Day',
  heldOnMissing: 'Please choose the day',
  text: 'Message',
  textOfContact: 'What was said',
  textMissing: 'Please write something',
  send: 'Send',
  addFile: 'Add a file',
  fileHelp: 'PDF, Word (docx), Excel (xlsx), JPG or PNG; 20 MB each, 6 at most',
  removeFile: 'Remove {{name}}',
  file: { sending: 'Uploading', failed: 'Not uploaded' },
} satisfies Words<typeof zhCN>
