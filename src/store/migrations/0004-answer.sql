-- Why: a phone loses signal after the server did the work. The client's key makes the second try the same act:
-- one effect, the same answer (IETF draft-ietf-httpapi-idempotency-key-header).
create table firebreak.answer (
  -- the member, or '' before sign-in
  actor        text not null,
  key_hash     bytea not null,
  route        text not null,
  request_hash bytea not null,
  -- null while the first try is under way in its own transaction
  status       int,
  body         jsonb,
  at           timestamptz not null default now(),
  primary key (actor, key_hash));
create index on firebreak.answer (at);

alter table firebreak.answer enable row level security;
alter table firebreak.answer force row level security;
create policy own on firebreak.answer to {{app}}
  using (actor = coalesce((select sec.member()), '') or (select sec.system()) = 'clock')
  with check (actor = coalesce((select sec.member()), ''));
grant select, insert, delete on firebreak.answer to {{app}};
grant update (status, body) on firebreak.answer to {{app}};
