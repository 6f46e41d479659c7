/// <reference types="vite/client" />

declare module '*.yaml' {
  const content: unknown
  // biome-ignore lint/style/noDefaultExport: the YAML plugin makes one
  export default content
}
