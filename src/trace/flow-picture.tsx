import type { Picture, Shape, Tone } from './picture.ts'
import styles from './trace.module.css'

const TONES: Readonly<Record<Tone, string>> = {
  ink: 'var(--ink)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
  flow: 'var(--line-strong)',
  here: 'var(--risk)',
  gone: 'var(--lost)',
}

/** The flow as a picture in the page's own colours; the tables beside it say the same in words. */
export function FlowPicture({ picture }: { readonly picture: Picture }) {
  const { width, height, title, shapes } = picture
  return (
    <figure className={styles.figure}>
      <section
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label="Picture of the flow, scrolls sideways"
      >
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
          {shapes.map((shape, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is replaced as a whole
            <Mark key={i} shape={shape} />
          ))}
        </svg>
      </section>
      <figcaption className="quiet small">
        {title}. Time runs from left to right; heights are amounts. <span className={styles.here}>Amber</span>
        : is there when the file ends. <span className={styles.gone}>Red</span>: left the file. Grey: paid on.
      </figcaption>
    </figure>
  )
}

function Mark({ shape }: { readonly shape: Shape }) {
  switch (shape.kind) {
    case 'rule':
      return <path d={`M${shape.x} 26V${shape.height}`} stroke={TONES.line} fill="none" />
    case 'ribbon':
      return (
        <path d={shape.d} fill={TONES[shape.tone]} fillOpacity={0.45} className={styles.ribbon}>
          <title>{shape.title}</title>
        </path>
      )
    case 'bar':
      return (
        <rect {...shape.at} fill={TONES[shape.tone]}>
          <title>{shape.title}</title>
        </rect>
      )
    case 'label':
      return (
        <text
          x={shape.x}
          y={shape.y}
          fontSize={11}
          fontWeight={shape.bold ? 640 : 400}
          fill={TONES[shape.tone]}
        >
          {shape.text}
        </text>
      )
  }
}
