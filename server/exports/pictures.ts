import type { MinutesNode } from '../../shared/minutes.ts'
import { imageSchema, type MinutesImage } from '../../shared/minutes-nodes.ts'
import { layout } from './layout.ts'
import type { Pictures } from './minutes-blocks.ts'
import type { PaperImage } from './paper.ts'

/** More would not fit into memory while a paper is written; what is beyond stands there by its caption. */
const mostPictures = 60

/** The pictures of a document, as far as they are still there. */
export async function picturesOf(document: MinutesNode, load: (photoId: string) => Promise<Buffer | null>): Promise<Pictures> {
  const images = new Map(imagesIn(document).map((image) => [image.photoId, image]))
  const pictures = new Map<string, PaperImage>()
  for (const image of [...images.values()].slice(0, mostPictures)) {
    const bytes = await load(image.photoId)
    if (bytes) pictures.set(image.photoId, { bytes, type: 'jpg', photoId: image.photoId, ...fitted(image) })
  }
  return pictures
}

function imagesIn(node: MinutesNode): MinutesImage[] {
  const own = node.type === 'image' ? imageSchema.safeParse(node.attrs).data : undefined
  return [...(own ? [own] : []), ...(node.content ?? []).flatMap(imagesIn)]
}

const pointsPerPixel = 0.75
const most = { width: (layout.typeArea.width / 25.4) * 72, height: (layout.typeArea.height / 25.4) * 36 }

/** In points: as large as it is, but no wider than the type area and no higher than half of it. */
function fitted({ width, height }: MinutesImage): { width: number; height: number } {
  const scale = Math.min(pointsPerPixel, most.width / width, most.height / height)
  return { width: width * scale, height: height * scale }
}
