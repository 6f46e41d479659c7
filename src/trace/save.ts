import { HouseError } from '../core/errors.ts'
import type { Picture } from './picture.ts'

/** Puts a text into the person's downloads; made here, nothing is asked of the server. */
export function save(content: string | Blob, name: string): void {
  const type = name.endsWith('.svg')
    ? 'image/svg+xml'
    : name.endsWith('.json')
      ? 'application/json'
      : 'text/csv;charset=utf-8'
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Browsers refuse larger drawings. */
const MOST_PIXELS = 16_000

/** The picture as PNG, twice as fine as the screen where that fits. */
export async function savePng(svg: string, { width, height }: Picture): Promise<void> {
  const scale = Math.min(2, MOST_PIXELS / Math.max(width, height))
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (!png) throw new HouseError('too_large', 'the picture is too large for a PNG; take the SVG')
    save(png, 'trace.png')
  } finally {
    URL.revokeObjectURL(url)
  }
}
