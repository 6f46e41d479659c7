import { Button } from '@mantine/core'
import { protectionWords, signsOn } from '../core/protection.ts'
import { screenIsRead, TraffickingScreen } from '../web/parts/trafficking-screen.tsx'
import { FreezeLink } from './freeze-link.tsx'
import { type Screened, UNREAD } from './holders-told.tsx'
import type { requestText } from './request-text.ts'

type Found = Omit<Parameters<typeof requestText>[0], 'signs' | 'second'>
interface Props {
  readonly found: Found
  readonly screened: Screened
}

const WHEN_SIGNED = 'Signs that the holder may be a trafficked person:'

/** What opens the screen for one account; the request itself, once the screen was read. */
export function BeforeFreezeButton({
  found,
  screened,
  open,
  onOpen,
}: Props & { readonly open: boolean; readonly onOpen: (open: boolean) => void }) {
  const { account } = found.held
  if (!open && standing({ found, screened }).passed) return <Ask {...{ found, screened }} />
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-expanded={open}
      aria-label={`Before a freeze: is the holder free? ${account}`}
      onClick={() => onOpen(!open)}
    >
      Before a freeze: is the holder free?
    </Button>
  )
}

/** The trafficking screen before a freeze is asked about an account; nothing beneath it opens unread. */
export function BeforeFreeze({ found, screened }: Props) {
  const { account } = found.held
  const { signs, read, second, passed } = standing({ found, screened })
  const note = (part: Partial<typeof UNREAD>) =>
    screened.noteScreen(account, { ...UNREAD, ...screened.screens[account], ...part })
  return (
    <TraffickingScreen
      account={account}
      title="Before a freeze is asked"
      told={
        signs.length > 0
          ? `${WHEN_SIGNED} ${signs.join('; ')}.`
          : protectionWords(screened.protection, [account])
      }
      {...{ read, second }}
      onRead={(it) => note({ read: it })}
      onSecond={(it) => note({ second: it })}
    >
      {passed && (
        <p>
          <Ask {...{ found, screened }} />
        </p>
      )}
    </TraffickingScreen>
  )
}

function Ask({ found, screened }: Props) {
  const { signs, second } = standing({ found, screened })
  const asked = screened.protection !== null && screened.protection.judged > 0
  return <FreezeLink found={{ ...found, signs: asked ? signs : null, second: second?.trim() ?? '' }} />
}

function standing({ found, screened }: Props) {
  const { account } = found.held
  const signs = signsOn(screened.protection, account)
  const { read, second: name } = screened.screens[account] ?? UNREAD
  const second = signs.length > 0 ? name : null
  return { signs, read, second, passed: screenIsRead(read, second) }
}
