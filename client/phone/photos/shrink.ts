import { mostPhotoBytes } from '../../../shared/photo-rules.ts'

/** The longer side of what is sent: enough to read a sign on, and a sixth of a camera's bytes. */
const side = 1_280
const quality = 0.72

/** A picture small enough for a thin line; null for what this browser cannot read and the server would not take. */
export async function shrink(file: Blob): Promise<ArrayBuffer | null> {
  const small = await redraw(file).catch(() => null)
  if (small && small.size < file.size) return small.arrayBuffer()
  if (!small && !/^image\/(jpeg|png|webp)$/.test(file.type)) return null
  return file.size <= mostPhotoBytes ? file.arrayBuffer() : null
}

/** Through an element rather than `createImageBitmap`: old WebViews turn the one upright and not the other. */
async function redraw(file: Blob): Promise<Blob | null> {
  const address = URL.createObjectURL(file)
  try {
    const picture = new Image()
    await new Promise((resolve, reject) => {
      picture.onload = resolve
      picture.onerror = reject
      picture.src = address
    })
    const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale))
    const pen = canvas.getContext('2d')
    if (!pen) return null
    // What is transparent would become black in a JPEG.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  } finally {
    URL.revokeObjectURL(address)
  }
}
