import { Button } from '@mantine/core'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Protection } from '../core/protection.ts'
import { waysOf } from './lit.ts'
import { groundOf, LABEL, type Picture, type Shape, type Tone } from './picture.ts'
import { isMarked, PROTECT_SIGN, withProtection } from './protect-picture.ts'
import styles from './trace.module.css'

const TONES: Readonly<Record<Tone, string>> = {
  ink: 'var(--ink)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
  flow: 'var(--line-strong)',
  here: 'var(--risk)',
  gone: 'var(--lost)',
  protect: 'var(--sealed)',
}

interface Props {
  readonly picture: Picture
  /** Accounts on which signs of a trafficked holder stand are drawn as such. */
  readonly protection: Protection | null
  /** The account whose ways are lit; null: all alike. */
  readonly lit: string | null
  readonly onLight: (account: string | null) => void
}

const nodeOf = (account: string) => `account ${account}`

/** The flow as a picture in the page's own colours; the tables beside it say the same in words. */
export function FlowPicture({ picture: plain, protection, lit, onLight }: Props) {
  const wanted = useMemo(() => withProtection(plain, protection), [plain, protection])
  const empty = useMemo(() => ({ ...wanted, shapes: [] }), [wanted])
  // the table is on the screen before thousands of shapes are drawn; the frame has its size from the first
  const picture = useDeferredValue(wanted, empty)
  const { width, height, title, shapes } = picture
  const scroll = useRef<HTMLElement>(null)
  // how wide the frame is when the whole picture is shown in it; null at readable size
  const [frame, setFrame] = useState<number | null>(null)
  const whole = frame !== null
  const nameless = whole && (frame / width) * LABEL < LEAST_LETTERS
  const ways = useMemo(() => (lit === null ? null : waysOf(picture, nodeOf(lit))), [picture, lit])
  useEffect(() => bringIntoSight(scroll.current, picture, lit), [picture, lit])
  const press = (node: string) => {
    const account = node.startsWith('account ') ? node.slice(8) : null
    onLight(account === lit ? null : account)
  }
  return (
    <figure className={styles.figure}>
      <div className={styles.tools}>
        <Button
          size="xs"
          variant="default"
          aria-pressed={whole}
          onClick={() => setFrame(whole ? null : (scroll.current?.clientWidth ?? width))}
        >
          {whole ? 'Readable size' : 'Whole picture'}
        </Button>
        {lit !== null && (
          <Button size="xs" variant="default" onClick={() => onLight(null)}>
            Show all accounts
          </Button>
        )}
        <span className="quiet small" role="status">
          {lit !== null &&
            (ways
              ? `The ways of ${lit}; the rest is pale.`
              : `${lit} is drawn together with other small ones.`)}{' '}
          {nameless && 'Names are left out: they would be too small to read.'}
        </span>
      </div>
      <section
        ref={scroll}
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label="Picture of the flow, scrolls sideways"
      >
        <svg
          {...(whole ? { className: styles.whole } : { width, height })}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={title}
        >
          {shapes.map((shape, i) =>
            nameless && shape.kind === 'label' ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a picture is replaced as a whole
              <Mark key={i} shape={shape} pale={isPale(shape, ways)} onPress={press} />
            ),
          )}
        </svg>
      </section>
      <figcaption className="quiet small">
        {title}. Time runs from left to right; heights are amounts. <span className={styles.here}>Amber</span>
        : is there when the file ends. <span className={styles.gone}>Red</span>: left the file. Grey: paid on.
        Press an account to see its ways alone.{' '}
        {isMarked(picture) && (
          <>
            <span className={styles.protect}>{PROTECT_SIGN}</span>: protection first, signs that the holder
            may be a trafficked person.
          </>
        )}
      </figcaption>
    </figure>
  )
}

/** Letters lower than these pixels are left out. */
const LEAST_LETTERS = 6

/** Scrolls the account's bar to the middle of the frame; the page itself stays where it is. */
function bringIntoSight(frame: HTMLElement | null, { shapes }: Picture, lit: string | null): void {
  const bar = lit && shapes.find((it) => it.kind === 'bar' && it.node === nodeOf(lit))
  if (!frame || !bar || bar.kind !== 'bar') return
  frame.scrollTo({
    left: bar.at.x - frame.clientWidth / 2,
    top: bar.at.y - frame.clientHeight / 2,
    behavior: 'instant',
  })
}

function isPale(shape: Shape, ways: ReadonlySet<string> | null): boolean {
  if (ways === null || shape.kind === 'rule') return false
  if (shape.kind === 'ribbon') return !shape.ends.every((it) => ways.has(it))
  return shape.node !== undefined && !ways.has(shape.node)
}

interface MarkProps {
  readonly shape: Shape
  readonly pale: boolean
  readonly onPress: (node: string) => void
}

function Mark({ shape, pale, onPress }: MarkProps) {
  const opacity = pale ? 0.12 : undefined
  switch (shape.kind) {
    case 'rule':
      return <path d={`M${shape.x} 26V${shape.height}`} stroke={TONES.line} fill="none" />
    case 'ribbon':
      return (
        <path
          d={shape.d}
          fill={TONES[shape.tone]}
          fillOpacity={0.45}
          opacity={opacity}
          className={styles.ribbon}
        >
          <title>{shape.title}</title>
        </path>
      )
    case 'bar':
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: the button in the account's row does the same
        <rect
          {...shape.at}
          fill={TONES[shape.tone]}
          opacity={opacity}
          className={styles.bar}
          onClick={() => onPress(shape.node)}
        >
          <title>{shape.title}</title>
        </rect>
      )
    case 'label':
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: the button in the account's row does the same
        <g opacity={opacity} className={styles.bar} onClick={() => shape.node && onPress(shape.node)}>
          {shape.node && <rect {...groundOf(shape)} fill="var(--raised)" fillOpacity={0.75} />}
          <text
            x={shape.x}
            y={shape.y}
            fontSize={LABEL}
            fontWeight={shape.bold ? 640 : 400}
            fill={TONES[shape.tone]}
          >
            {shape.text}
          </text>
        </g>
      )
  }
}
