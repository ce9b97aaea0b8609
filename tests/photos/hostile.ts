import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A picture as a phone makes it: wider than it is kept, lying on its side, with the place where it was taken. */
export const phonePicture = () =>
  sharp({ create: { width: 2_400, height: 1_200, channels: 3, background: '#2266aa' } })
    .composite([{ input: { create: { width: 1_200, height: 600, channels: 3, background: '#cc3311' } }, left: 0, top: 0 }])
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '30/1 52/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const plainPicture = (side = 40) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#118844' } })
    .png()
    .toBuffer()

const chunk = (name: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A PNG of some kB that says it is, and unpacks to, a picture of `side` × `side` pixels. */
export function bomb(side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(side / 8) + 1) * side)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>',
)
export const page = Buffer.from('<!doctype html><script>alert(document.cookie)</script>')
