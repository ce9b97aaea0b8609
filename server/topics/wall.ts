import type { Theme } from '../../shared/themes.ts'

type Said = readonly { text: string }[]

/**
 * What a hall's screen may call a theme, or null to leave it out. A name that a moderator gave stands. Else it is made of words that
 * somebody says in a suggestion with nothing held against it, and that no region has on its list; and a theme that is mostly of
 * suggestions which nobody has let through does not belong on a wall at all.
 */
export function wallNameOf(
  { name, words }: Pick<Theme, 'name' | 'words'>,
  { open, clean }: { open: Said; clean: Said },
  isListed: (text: string) => boolean,
): string | null {
  if (clean.length * 2 < open.length) return null
  if (name !== null) return name
  // As the words were read out of them.
  const texts = clean.map(({ text }) => text.normalize('NFKC').toLowerCase())
  const sayable = words.filter((word) => !isListed(word) && texts.some((text) => text.includes(word)))
  return sayable.length > 0 ? sayable.join('、') : null
}
