-- Why: every disclosure, decision and read of sealed data leaves one entry, written in the same transaction as the act,
-- or the act does not happen. Entries say who did what to which object; never what a sealed record contains.
create table firebreak.audit_entry (
  seq         bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  -- null when the house itself acted
  actor_id    text,
  org_id      text,
  act         text not null check (act ~ '^[a-z_]+\.[a-z_]+$'),
  object_kind text not null,
  object_id   text not null,
  detail      jsonb not null default '{}',
  -- SHA-256(0x00 || canonical JSON), the leaf hash of RFC 9162 section 2.1.1
  canonical   text not null,
  leaf        bytea not null);
create index on firebreak.audit_entry (actor_id, seq);
create index on firebreak.audit_entry (object_id);

create function firebreak.audit_leaf() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'the audit log only grows' using errcode = '42501';
  end if;
  new.leaf := sha256('\x00'::bytea || convert_to(new.canonical, 'UTF8'));
  return new;
end $$;
revoke all on function firebreak.audit_leaf() from public;
create trigger audit_leaf before insert or update or delete on firebreak.audit_entry
  for each row execute function firebreak.audit_leaf();
create trigger audit_whole before truncate on firebreak.audit_entry
  for each statement execute function firebreak.audit_leaf();

alter table firebreak.audit_entry enable row level security;
alter table firebreak.audit_entry force row level security;
create policy seen on firebreak.audit_entry for select to {{app}}
  using ((select sec.role()) = 'steward' or actor_id = (select sec.member()));
create policy made on firebreak.audit_entry for insert to {{app}}
  with check (actor_id is not distinct from (select sec.member()) and org_id is not distinct from (select sec.org()));
grant select on firebreak.audit_entry to {{app}};
grant insert (at, actor_id, org_id, act, object_kind, object_id, detail, canonical) on firebreak.audit_entry to {{app}};
