import { type Protection, signsOn } from '../core/protection.ts'
import type { Picture, Shape } from './picture.ts'

/** Stands before the name of an account on which signs of a trafficked holder stand. */
export const PROTECT_SIGN = '◆'

const PREFIX = 'account '

/** The picture with the accounts marked whose holder may be a trafficked person. */
export function withProtection(picture: Picture, protection: Protection | null): Picture {
  if (protection === null || protection.signs.size === 0) return picture
  const isSigned = (node: string | undefined) =>
    node?.startsWith(PREFIX) === true && signsOn(protection, node.slice(PREFIX.length)).length > 0
  const named = new Set<string>()
  const marked = picture.shapes.map((it): Shape => {
    if (it.kind === 'bar' && isSigned(it.node)) return { ...it, title: `${it.title}: protection first` }
    if (it.kind !== 'label' || it.node === undefined || !isSigned(it.node) || named.has(it.node)) return it
    // the first label of an account is its name; what is there stands under it
    named.add(it.node)
    return { ...it, text: `${PROTECT_SIGN} ${it.text}`, tone: 'protect' }
  })
  return { ...picture, shapes: marked }
}

export const isMarked = ({ shapes }: Picture) =>
  shapes.some((it) => it.kind === 'label' && it.tone === 'protect')
