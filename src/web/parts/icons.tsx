import type { ReactNode } from 'react'
import type { FactKind } from '../../core/fact.ts'

/** Line drawings of 16 px, in the colour of the text around them; what they mean always stands beside them in words. */
function Drawing({
  children,
  size = 16,
}: {
  readonly children: ReactNode
  readonly size?: number | undefined
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

const BANK = <path d="M2 6.5 8 3l6 3.5M3 13h10M4 7v5M8 7v5M12 7v5" />
const GLOBE = (
  <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2 8h12M8 2c2 1.8 2.5 4 2.5 6S10 12.2 8 14C6 12.2 5.5 10 5.5 8S6 3.8 8 2" />
)
const CARD = <path d="M2 4.5h12v7.5H2zM4.5 9.5h3M10 9.5h1.5M2 6.8h12" />

const FACTS: Record<FactKind, ReactNode> = {
  phone: <path d="M5 2.5h6v11H5zM7.3 11.6h1.4" />,
  email: <path d="M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5" />,
  url: GLOBE,
  domain: GLOBE,
  handle: <path d="M10.5 8a2.5 2.5 0 1 0-5 0 2.5 2.5 0 0 0 5 0Zm0 0v1c0 2 3 2 3-1A5.5 5.5 0 1 0 11 12.6" />,
  iban: BANK,
  bank_account: BANK,
  bic: BANK,
  crypto_address: <path d="M2.5 4.5h9.5v8H2.5zM12 7h1.5v3H12M2.5 4.5 10 2.5v2M10.5 8.5h.1" />,
  crypto_tx: <path d="M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13" />,
  payment_ref: <path d="M6.5 2.5 5 13.5M11 2.5 9.5 13.5M3 6h10.5M2.5 10H13" />,
  amount: (
    <path d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM9.8 6.2C9.3 5.5 8.7 5.3 8 5.3c-1 0-1.8.5-1.8 1.3 0 2 3.6.8 3.6 2.8 0 .8-.8 1.3-1.8 1.3-.8 0-1.5-.3-2-1M8 4.2v7.6" />
  ),
  date: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5" />,
  place: (
    <path d="M8 14c3-3.3 4.5-5.6 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 8.4 5 10.7 8 14ZM8 5.2v2.6M6.7 6.5h2.6" />
  ),
  passport: CARD,
  plate: <path d="M1.5 5h13v6h-13zM4 9V7.5M6.5 9V7.5M9.5 9V7.5M12 9V7.5" />,
  ip: <path d="M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.1M5 11h.1" />,
  imei: <path d="M4.5 2h7v12h-7zM6.5 5h3M6.5 7.5h3M6.5 10h3" />,
  organisation: <path d="M3 13.5v-10h6v10M9 7h4v6.5M2 13.5h12M5 6h2M5 8.5h2M5 11h2" />,
}

export function FactIcon({ kind }: { readonly kind: FactKind }) {
  return <Drawing>{FACTS[kind]}</Drawing>
}

interface Size {
  readonly size?: number
}

export const CopyIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
  </Drawing>
)
export const DoneIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="m3 8.5 3.5 3.5L13 4.5" />
  </Drawing>
)
export const MoreIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M3 8h.1M8 8h.1M13 8h.1" strokeWidth="2.2" />
  </Drawing>
)
export const SealIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 10v1.5" />
  </Drawing>
)
export const OpenIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 4.9-.7M8 10v1.5" />
  </Drawing>
)
export const ClockIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2.2 1.3" />
  </Drawing>
)
export const WarnIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M8 2.5 14.3 13.5H1.7zM8 6.5v3M8 11.5v.1" />
  </Drawing>
)
export const CloseIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Drawing>
)
export const ActIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M2.5 9.5h3l1 2h3l1-2h3M2.5 9.5l2-6h7l2 6v4h-11z" />
  </Drawing>
)
export const ReportIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M4 2h5.5L12.5 5v9H4zM9.5 2v3h3M6 8h4.5M6 10.5h4.5" />
  </Drawing>
)
export const KnowIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.5 3.5" />
  </Drawing>
)
export const NetworkIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M8 5.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM3.5 13.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM12.5 13.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM7.1 5.3 4.4 10.3M8.9 5.3l2.7 5M5.3 12h5.4" />
  </Drawing>
)
export const LedgerIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M3 2.5h10v11H3zM3 5.5h10M7.5 5.5v8M5 8h.1M5 10.5h.1M9.5 8h2M9.5 10.5h2" />
  </Drawing>
)
export const ThemeIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z" />
    <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
  </Drawing>
)
export const PersonIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 14c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5" />
  </Drawing>
)
export const KeyIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M5.5 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.7 7.8l5.8-5.3M11.5 4.3 13.5 6.5" />
  </Drawing>
)
/** A sheet with an arrow out of it: this leaves. */
export const ShareIcon = ({ size }: Size) => (
  <Drawing size={size}>
    <path d="M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5" />
  </Drawing>
)
