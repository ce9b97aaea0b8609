import { type ExportForm, exportForms } from '../../shared/exports.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

export type OfferedForm = { form: ExportForm; available: boolean; slow: boolean }

/** The forms of a paper, and which of them this server can write; until it has said so, the slow one waits. */
export function useForms(): OfferedForm[] {
  const { data } = useQueryOf('export-forms', {})
  return exportForms.map((form) => ({ form, available: data ? data.includes(form) : form !== 'pdf', slow: form === 'pdf' }))
}
