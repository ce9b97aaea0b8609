/** RFC 6266 with RFC 5987: the Chinese name for those who can, a plain one for those who cannot. */
export function attachment(name: string, plainName: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: neither may stand in a file name.
  const safe = name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_')
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`
}
