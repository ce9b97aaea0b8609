import type { Words } from '../words.ts'
import type { exports as zhCN } from '../zh-CN/exports.ts'

export const exports = {
  title: 'Export',
  paper: { minutes: 'Minutes', recommendations: 'Recommendations' },
  form: { docx: 'Word (official layout)', pdf: 'PDF (official layout)', html: 'Web page', md: 'Markdown', json: 'Data (JSON)' },
  short: { docx: 'Word', pdf: 'PDF', html: 'Web page', md: 'Markdown', json: 'JSON' },
  bundle: 'Archive (paper, signatures, audit trail)',
  shortBundle: 'Archive',
  fingerprint: 'Fingerprint of this server, to check archives by:',
  making: 'Making it…',
  noPdf: 'The server has no LibreOffice and cannot make PDF; the Word document can be saved as one.',
  noPdfHere: 'no LibreOffice on the server',
} satisfies Words<typeof zhCN>
