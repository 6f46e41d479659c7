/** Every failure the house can explain. The key is the API `code`; the value its HTTP status. */
export const STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  // the person has to show anew that it is they; then the same request is sent again
  step_up_needed: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  too_many: 429,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof STATUS

/** A failure that says what happened, to what, and what to do next. Never carries sealed content. */
export class HouseError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HouseError'
    this.code = code
  }
  get status() {
    return STATUS[this.code]
  }
}
