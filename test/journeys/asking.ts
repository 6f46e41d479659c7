import type { Locator, Page } from 'playwright-core'
import { type Person, paste } from './witness.ts'

/** An account in Singapore and money in it, in as few words as the reader needs. Invented. */
export const SHORT_STORY = 'She sent SGD 48,200.00 to account 0123456789 at Harbour Bank Singapore.'

/** Opens a new report and pastes a text into it. */
export async function beginReport({ page, base }: Person, text: string): Promise<void> {
  await page.goto(`${base}/reports/new`)
  await textBox(page).click()
  await paste(page, text)
}

export function textBox(page: Page) {
  return page.getByRole('textbox', { name: /^Chat, statement or advertisement/ })
}

/** Why the story may be shared, as it is typed. */
export const HARM = 'The money can still be stopped; she cannot be reached tonight'

/** A caseworker's whole way from a text to a sent freeze request; returns its address on the server. */
export async function askPolice(person: Person, text = SHORT_STORY): Promise<string> {
  const { page } = person
  await (await writeToPolice(person, text)).click()
  await page.waitForURL(/\/requests\/\w+$/)
  return new URL(page.url()).pathname
}

/** The same up to the last press, which is answered. */
export async function writeToPolice(person: Person, text = SHORT_STORY): Promise<Locator> {
  const { page } = person
  await beginReport(person, text)
  await page.getByRole('button', { name: /^Confirm \d+ sure ones$/ }).click()
  await page.getByRole('region', { name: 'The person, sealed' }).getByLabel(/^Name/).fill('Lim Su Ann')
  const panel = page.getByRole('region', { name: 'Who can act' })
  const police = panel.getByRole('listitem').filter({ hasText: 'Anti-Scam Police Singapore (demo)' }).first()
  await police.getByRole('button', { name: 'Ask them this way' }).first().click()
  const form = page.getByRole('region', { name: 'Request to Anti-Scam Police Singapore (demo)' })
  await form.getByRole('radio', { name: 'Public interest' }).check()
  await form.getByLabel(/^What harm it prevents/).fill(HARM)
  await form.getByRole('checkbox', { name: 'The person: name, contact and notes' }).check()
  return form.getByRole('button', { name: /send to Anti-Scam Police/ })
}
