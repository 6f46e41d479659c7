import type { Browser, Page } from 'playwright-core'
import type { PersonName, TestHouse } from '../house.ts'
import { complaintsOf, listen, openBrowser, openWindow } from './browser.ts'

interface Look {
  readonly size?: 'desk' | 'phone'
  readonly scheme?: 'light' | 'dark'
}

/** A test house that listens, and a browser in front of it. */
export interface HouseWindows {
  readonly baseOf: (name: PersonName) => string
  /** A window in which this person is signed in; their key still waits to be unlocked. */
  readonly open: (name: PersonName, path: string, look?: Look) => Promise<{ page: Page; said: string[] }>
  readonly close: () => Promise<void>
}

export async function windowsOf(house: TestHouse): Promise<HouseWindows> {
  const listening = await listen(house.built)
  const browser: Browser = await openBrowser()
  const baseOf = (name: PersonName) => `http://${name}.localhost:${listening.port}`
  return {
    baseOf,
    open: async (name, path, look = {}) => {
      const window = await openWindow(browser, look)
      const { token } = house.people[name]
      await window.addCookies([{ name: 'firebreak-on-this-computer', value: token, url: baseOf(name) }])
      const page = await window.newPage()
      const said = complaintsOf(page)
      await page.goto(baseOf(name) + path)
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      return { page, said }
    },
    close: async () => {
      await browser.close()
      await listening.close()
    },
  }
}
