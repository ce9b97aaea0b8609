/** JSON with the keys of every object sorted and nothing between them: the same thing is always the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const pairs = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
    .join(',')}}`
}

/** SHA-256, in hexadecimal, over a text in UTF-8. A browser has it on secure pages only. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** SHA-256, in hexadecimal, over the canonical JSON of something. */
export const canonicalHash = (value: unknown): Promise<string> => sha256(canonicalJson(value))
