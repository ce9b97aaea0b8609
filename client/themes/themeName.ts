import type { Theme } from '../../shared/themes.ts'

/** What a moderator called it, or else its own words. */
export const themeName = ({ name, words }: Pick<Theme, 'name' | 'words'>) => name ?? words.join('、')
