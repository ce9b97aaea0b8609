// Rules that need no schema library, so that the phone page uses the same.

/** Photos of one suggestion. */
export const mostPhotos = 3
/** What is taken in; phones send far less, since they make pictures smaller first. */
export const mostPhotoBytes = 8 * 1024 * 1024
/** The longer side of what is kept, and of the small picture for lists, in pixels. */
export const photoSide = 1_600
export const smallSide = 320

/** Where a photo is uploaded to and served from. A receipt opens it for whoever holds it, as it opens the suggestion. */
export function photoPath(photoId: string, { small = false, receipt }: { small?: boolean; receipt?: string } = {}): string {
  const parameters = [small ? 'size=small' : '', receipt ? `receipt=${receipt}` : ''].filter(Boolean).join('&')
  return `/api/photos/${photoId}${parameters && `?${parameters}`}`
}
