import { groundOf, LABEL, type Picture, type Shape, type Tone } from './picture.ts'

/** The house's colours by meaning (src/web/tokens.css); money that is still there is at risk until somebody holds it. */
export const LIGHT: Readonly<Record<Tone | 'ground', string>> = {
  ground: '#faf8f5',
  ink: '#1c1917',
  quiet: '#57524b',
  line: '#e2dcd3',
  flow: '#a8a096',
  here: '#b45309',
  gone: '#b91c1c',
  protect: '#4338ca',
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

/** Text as it may stand in XML, control characters left out. */
const escaped = (text: string) =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`)

/** The picture as a file of its own: no script, no outside reference. */
export function svgOf({ width, height, title, shapes }: Picture): string {
  const body = shapes.map(markup).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escaped(FONT)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="${LIGHT.ground}"/>
${body}
</svg>
`
}

function markup(shape: Shape): string {
  switch (shape.kind) {
    case 'rule':
      return `<path d="M${shape.x} 26V${shape.height}" stroke="${LIGHT.line}" fill="none"/>`
    case 'ribbon':
      return `<path d="${shape.d}" fill="${LIGHT[shape.tone]}" fill-opacity="0.45"><title>${escaped(shape.title)}</title></path>`
    case 'bar': {
      const { x, y, width, height } = shape.at
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${LIGHT[shape.tone]}"><title>${escaped(shape.title)}</title></rect>`
    }
    case 'label': {
      const { x, y, width, height } = groundOf(shape)
      const ground =
        shape.node === undefined
          ? ''
          : `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${LIGHT.ground}" fill-opacity="0.75"/>`
      return `${ground}<text x="${shape.x}" y="${shape.y}" font-size="${LABEL}"${shape.bold ? ' font-weight="640"' : ''} fill="${LIGHT[shape.tone]}">${escaped(shape.text)}</text>`
    }
  }
}
