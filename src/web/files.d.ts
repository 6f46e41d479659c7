/// <reference types="vite/client" />

declare module '*.yaml' {
  const content: unknown
  // biome-ignore lint/style/noDefaultExport: the YAML plugin makes one
  export default content
}

/** What signs are found with in every language, by the plugin of vite.config.ts. */
declare module 'content:common' {
  import type { Content } from '../assess/content.ts'

  const content: Content
  // biome-ignore lint/style/noDefaultExport: the plugin makes one
  export default content
}

/** The forms of the reader's word lists that are written in one script, by the plugin of vite.config.ts. */
declare module 'words:*' {
  import type { GivenForms } from './given-words.ts'

  const forms: GivenForms
  // biome-ignore lint/style/noDefaultExport: the plugin makes one
  export default forms
}

/** The blocking build of duckdb-wasm for browsers, by the alias of vite.config.ts. */
declare module 'duckdb-in-worker' {
  import type { BrowserDatabase } from '../ledger/host-browser.ts'

  interface Bundle {
    readonly mainModule: string
    readonly mainWorker: string
  }
  export class VoidLogger {}
  export const BROWSER_RUNTIME: object
  export function createDuckDB(
    bundles: { readonly mvp: Bundle; readonly eh: Bundle },
    logger: VoidLogger,
    runtime: object,
  ): Promise<BrowserDatabase & { instantiate(tell: () => void): Promise<unknown>; getVersion(): string }>
}

declare module 'hyparquet-compressors/src/brotli.js' {
  export function decompressBrotli(packed: Uint8Array, length: number): Uint8Array
}

declare module 'hyparquet-compressors/src/gzip.js' {
  export function gunzip(packed: Uint8Array, into: Uint8Array): Uint8Array
}

declare module 'hyparquet-compressors/src/lz4.js' {
  export function decompressLz4(packed: Uint8Array, length: number): Uint8Array
  export function decompressLz4Raw(packed: Uint8Array, length: number): Uint8Array
}
