import { defaultCategories } from '../../../shared/categories.ts'
import type { Translate } from '../words.ts'

/** A national category in the reader's language; a region's own as the region wrote it. */
export function categoryName(category: string, t: Translate): string {
  const place = (defaultCategories as readonly string[]).indexOf(category)
  return t('compose.categories').split('|')[place] || category
}
