-- Why: a server that could swap a person's public key unnoticed could read what is sealed to them. So the network's root signs
-- each organisation's key, that signs each member's, and every statement is a leaf of the audit log; browsers check all three
-- before they seal. Signing keys exist in readable form on members' devices alone: here they are sealed to whoever may use them.
create table firebreak.key_statement (
  hash      text primary key check (hash ~ '^[0-9a-f]{64}$'),
  kind      text not null check (kind in ('root', 'org', 'member')),
  -- an organisation or a member; 'root' for the root
  subject   text not null,
  org_id    text references firebreak.org (id),
  statement text not null check (length(statement) <= 6000),
  signer    text not null check (length(signer) = 44),
  signature text not null check (length(signature) = 88),
  at        timestamptz not null default clock_timestamp(),
  check ((kind = 'root') = (org_id is null)));
create index on firebreak.key_statement (kind, subject, at);
create index on firebreak.key_statement (org_id);

-- `of`: whose signing key, an organisation's id or 'root'; wrapped: sealed to this member (age, armored).
create table firebreak.key_secret (
  of        text not null,
  key       text not null check (length(key) = 44),
  member_id text not null references firebreak.member (id),
  wrapped   text not null check (length(wrapped) <= 8000),
  given_by  text references firebreak.member (id),
  at        timestamptz not null default now(),
  primary key (of, key, member_id));
create index on firebreak.key_secret (member_id);

-- Where a statement's entry stands in the log, for whoever checks a key: its words name nobody (0040).
create index on firebreak.audit_entry ((detail ->> 'statement')) where act = 'key.stated';
grant create on schema firebreak to {{definer}};
create function firebreak.key_leaf(of_hash text) returns table (idx bigint, canonical text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.idx, e.canonical from firebreak.audit_entry e join firebreak.audit_position p on p.seq = e.seq
  where e.act = 'key.stated' and e.detail ->> 'statement' = of_hash
    and (sec.member() is not null or sec.system() = 'setup') order by p.idx limit 1
$$;
alter function firebreak.key_leaf(text) owner to {{definer}};
revoke all on function firebreak.key_leaf(text) from public;
grant execute on function firebreak.key_leaf(text) to {{app}};
revoke create on schema firebreak from {{definer}};

alter table firebreak.key_statement enable row level security;
alter table firebreak.key_statement force row level security;
alter table firebreak.key_secret enable row level security;
alter table firebreak.key_secret force row level security;
create policy seen on firebreak.key_statement for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('setup', 'clock'));
create policy made on firebreak.key_statement for insert to {{app}}
  with check ((select sec.system()) = 'setup' or ((select sec.member()) is not null
    and ((kind in ('org', 'member') and org_id = (select sec.org())) or (select sec.role()) = 'steward')));
create policy own on firebreak.key_secret for select to {{app}}
  using (member_id = (select sec.member()) or given_by = (select sec.member()) or (select sec.system()) = 'setup');
create policy given on firebreak.key_secret for insert to {{app}}
  with check ((select sec.system()) = 'setup' or (given_by = (select sec.member())
    and (of = (select sec.org()) or (of = 'root' and (select sec.role()) = 'steward'))));
grant select, insert on firebreak.key_statement, firebreak.key_secret to {{app}};

-- A new key of one's own: the public half is exchanged, and the wraps that hold the new private half replace the old ones.
create policy rotated on firebreak.member for update to {{app}} using (id = (select sec.member()));
grant update (recipient) on firebreak.member to {{app}};
grant delete on firebreak.key_wrap to {{app}};
-- The records a member can open, so that their own device can wrap each record's key again.
create policy rewrapped on firebreak.sealed_wrap for update to {{app}} using (member_id = (select sec.member()))
  with check (member_id = (select sec.member()));
grant update (wrapped) on firebreak.sealed_wrap to {{app}};
