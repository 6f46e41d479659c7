import { HouseError } from '../core/errors.ts'

/** The library's names for what does not hold, as the end of a sentence about the organisation's sign-in. */
const WORDS: Readonly<Record<string, string>> = {
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'it answered with an error, or sent us elsewhere, where we do not go',
  OAUTH_RESPONSE_IS_NOT_JSON: 'its answer is not of the kind that was asked for',
  OAUTH_PARSE_ERROR: 'its answer cannot be read',
  OAUTH_INVALID_RESPONSE: 'its answer is not one to what was asked',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'its answer is too old, or its clock and ours lie apart',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'its answer is meant for somebody else, or answers something else',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'it calls itself something else than it is registered as',
  OAUTH_KEY_SELECTION_FAILED: 'it signed with a key that it does not publish',
  OAUTH_UNSUPPORTED_OPERATION: 'it signed in a way that is not taken',
  OAUTH_MISSING_SERVER_METADATA: 'it does not say where to ask it',
  OAUTH_INVALID_SERVER_METADATA: 'it does not say where to ask it',
  OAUTH_TIMEOUT: 'it does not answer',
  OAUTH_ABORT: 'it does not answer',
}

/** Answers of the token endpoint and of the sign-in itself (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6). */
const ANSWERS: Readonly<Record<string, string>> = {
  access_denied: 'it was cancelled there, or you may not use it',
  login_required: 'you have to sign in there first',
  interaction_required: 'it needs something of you there first',
  temporarily_unavailable: 'it is busy; try again in a moment',
  server_error: 'it has a failure of its own; try again in a moment',
  invalid_grant: 'it did not take the answer; start again',
  invalid_client: 'it does not know this house (any more): the secret may have run out',
  unauthorized_client: 'it does not let this house ask',
}

/** `constructor` is what everything has, and no answer. */
const wordsIn = (words: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(words, name) ? words[name] : undefined

/**
 * What went wrong at a provider, in words for a person. Nothing that the provider or the address bar wrote is repeated: a link
 * could make the house say anything.
 */
export function refusal(error: unknown): HouseError {
  for (let it = error, depth = 0; it instanceof Error && depth < 5; it = it.cause, depth++)
    if (it instanceof HouseError) return it
  const { code = '', error: named = '' } = error as { code?: string; error?: string }
  const said = /^OAUTH_(AUTHORIZATION_RESPONSE|RESPONSE_BODY)_ERROR$/.test(code) ? named : null
  const why = said === null ? wordsIn(WORDS, code) : wordsIn(ANSWERS, said)
  return new HouseError(
    'conflict',
    `your organisation’s sign-in: ${why ?? 'something in its answer does not hold'}`,
    {
      cause: error,
    },
  )
}
