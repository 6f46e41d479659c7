/**
 * Which columns the running house may write at all, whoever asks: policies (src/access/writers.ts) say which rows, and some of them look
 * at nothing but the row's id, because no column that says whose it is can change. test/columns.test.ts tries each column of each
 * table, gives and takes each right, and holds that nothing here moves a row from one to another.
 */

/** Columns of a row that may change. What is not named stays as it was made, or is changed by a function of the database alone. */
export const CHANGES: Readonly<Record<string, readonly string[]>> = {
  // the network
  org: ['time_zone', 'hours', 'languages', 'channel', 'left_at', 'password_rule'],
  power: ['until'],
  network_rule: ['objection_days', 'probation_days', 'review_days'],
  member: ['recipient'],
  removal: ['withdrawn_at'],
  working_group: ['name', 'purpose', 'tlp_limit', 'closed_at'],
  seat: ['left_at'],
  seat_key: ['wrapped', 'voucher'],
  meeting: ['title', 'starts_at', 'minutes', 'place', 'agenda', 'tlp', 'sequence', 'cancelled_at'],
  attendance: ['answer'],
  action_item: ['done_at'],
  meeting_minutes: ['body', 'tlp', 'version', 'written_by', 'written_at'],
  // the door
  session: ['seen_at', 'ended_at', 'replaced_at'],
  passkey: ['counter', 'used_at', 'name'],
  code_app: ['confirmed_at', 'last_step'],
  challenge: ['used_at'],
  invite: ['used_at'],
  provider_link: ['used_at', 'ended_at'],
  provider_trip: ['used_at'],
  // keys
  key_secret: ['wrapped'],
  key_share: ['wrapped'],
  key_ask: ['ended_at'],
  // the log
  audit_witness: ['ended_at'],
  // what a member or an organisation keeps for itself
  answer: ['status', 'body'],
  break_glass: ['reviewed_at', 'reviewed_by', 'verdict', 'review'],
  chore: ['ran_at'],
  consent: ['expires_at', 'withdrawn_at'],
  draft: ['body', 'updated_at', 'version'],
  match_use: ['used'],
  // reports and sharing
  report: ['tlp', 'status', 'pap', 'handling', 'possible_victim', 'expires_at'],
  sealed: ['size', 'complete'],
  sealed_wrap: ['wrapped'],
  share: ['ended_at', 'ended_why', 'end_note', 'replaced_by'],
  // requests
  request: ['status', 'acknowledged_at', 'acknowledged_by', 'closed_at'],
  hold_order: ['answered_at', 'held_minor', 'gone_minor', 'answer_note'],
}

/** Of a new row, the columns that may be said, where that is not all of them: the database fills the others. */
export const SAID: Readonly<Record<string, readonly string[]>> = {
  approval: [
    ...['id', 'kind', 'object_kind', 'object_id', 'to_org', 'org_id', 'asked_by', 'by_org', 'reason'],
    ...['basis', 'expires_at'],
  ],
  audit_entry: [
    ...['at', 'actor_id', 'org_id', 'act', 'object_kind', 'object_id', 'detail', 'canonical', 'nonce'],
    'subjects',
  ],
  break_glass: ['id', 'share_id', 'owner_org', 'org_id', 'member_id', 'reason', 'expires_at'],
  consent: ['id', 'report_id', 'org_id', 'use', 'given_by', 'how', 'recorded_by', 'expires_at'],
  identity_provider: [
    ...['id', 'org_id', 'name', 'issuer', 'client_id', 'method', 'public_key', 'email_domains', 'claim_name'],
    ...['claim_value', 'acr', 'amr', 'max_age_minutes', 'word', 'asked_by'],
  ],
  provider_link: ['id', 'provider_id', 'org_id', 'member_id', 'subject'],
  request_event: ['request_id', 'org_id', 'kind', 'body'],
}

/** Tables of which the running house adds no row: only functions of the database do. */
export const NOT_ADDED: readonly string[] = [
  ...['audit_node', 'audit_position', 'audit_salt', 'audit_waiting', 'corroboration', 'corroboration_offer'],
  ...['look_up_use', 'network_rule', 'provider_secret', 'provider_use', 'seat'],
]

/** Tables of which rows may be removed. */
export const REMOVED: readonly string[] = [
  ...['answer', 'challenge', 'code_app', 'draft', 'draft_sealed', 'key_share', 'key_wrap', 'passkey'],
  ...['provider_trip', 'sealed', 'sealed_chunk', 'sealed_rewrap', 'session', 'signed_request'],
]
