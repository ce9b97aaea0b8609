/** APPNOTE.TXT 6.3.10, sections 4.3.16 and 4.3.12: the end of the central directory, and an entry of it. */
const end = { signature: 0x06054b50, bytes: 22, mostComment: 65_535 }
const entry = { signature: 0x02014b50, bytes: 46 }
const mostEntries = 5_000

/**
 * The names of what a ZIP file holds, by its central directory; nothing is unpacked. Null for what is no ZIP file, is damaged, or has
 * anything encrypted in it.
 */
export function zipNames(bytes: Uint8Array): Set<string> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = endOf(view)
  if (at === null) return null
  const [count, size, start] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
  if (count === 0 || count > mostEntries || start + size > at) return null
  const names = new Set<string>()
  let place = start
  for (let n = 0; n < count; n++) {
    if (place + entry.bytes > at || view.getUint32(place, true) !== entry.signature) return null
    if (view.getUint16(place + 8, true) & 1) return null
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true)) as [number, number, number]
    if (place + entry.bytes + name > at) return null
    names.add(Buffer.from(bytes.buffer, bytes.byteOffset + place + entry.bytes, name).toString('utf8'))
    place += entry.bytes + name + extra + comment
  }
  return names
}

function endOf(view: DataView): number | null {
  const last = view.byteLength - end.bytes
  for (let at = last; at >= Math.max(0, last - end.mostComment); at--) if (view.getUint32(at, true) === end.signature) return at
  return null
}
