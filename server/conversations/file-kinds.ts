import type { FileKind } from '../../shared/file-rules.ts'
import { zipNames } from './zip-names.ts'

const begins = (bytes: Uint8Array, wanted: number[]) => wanted.every((byte, index) => bytes[index] === byte)

/**
 * What a file is by what is in it; what its name or its sender says is not asked. Null for everything that is none of the kinds,
 * among them office files with macros or behind a password, and pages and pictures that can hold a script.
 */
export function kindOf(bytes: Uint8Array): FileKind | null {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (
    begins(
      bytes,
      [...'%PDF-'].map((letter) => letter.charCodeAt(0)),
    )
  )
    return 'pdf'
  return officeKindOf(bytes)
}

const documents: readonly [main: string, kind: FileKind][] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
]

function officeKindOf(bytes: Uint8Array): FileKind | null {
  const names = zipNames(bytes)
  if (!names?.has('[Content_Types].xml')) return null
  // Programs that travel in a document, by the names that Office gives them.
  if ([...names].some((name) => /vbaProject|vbaData|macrosheets\/|activeX\//i.test(name))) return null
  const kinds = documents.filter(([main]) => names.has(main))
  return kinds.length === 1 ? kinds[0]![1] : null
}
