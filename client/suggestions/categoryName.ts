import type { TFunction } from 'i18next'
import { defaultCategories } from '../../shared/categories.ts'

/** A national category in the reader's language; a region's own as the region wrote it. */
export function categoryName(category: string, t: TFunction): string {
  const place = (defaultCategories as readonly string[]).indexOf(category)
  return t('suggestions.categories').split('|')[place] || category
}
