/**
 * Reads comma-separated values (RFC 4180) a row at a time: quoted fields may hold commas, doubled quotes and line breaks; lines end in CRLF or LF;
 * a byte order mark is passed over, and so are empty lines.
 */
export function* readCsv(text: string): Generator<string[]> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const row: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at)
      row.push(field.value)
      at = field.end
      if (text[at] !== ',') break
      at++
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    if (row.length > 1 || row[0] !== '') yield row
  }
}

function plainField(text: string, start: number): { value: string; end: number } {
  let end = start
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (code === 44 || code === 10 || code === 13) break
    end++
  }
  return { value: text.slice(start, end), end }
}

/** What follows the closing quote up to the next comma belongs to the field too: some programs write such. */
function quotedField(text: string, start: number): { value: string; end: number } {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { value: value + text.slice(from), end: text.length }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const rest = plainField(text, quote + 1)
      return { value: value + rest.value, end: rest.end }
    }
    value += '"'
    from = quote + 2
  }
}

/** Rows as text, with a line break after each. */
export const writeCsv = (rows: Iterable<readonly (string | number)[]>): string => {
  const lines = Array.from(rows, (row) => row.map(writtenField).join(','))
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

const writtenField = (field: string | number) => {
  const text = String(field)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
