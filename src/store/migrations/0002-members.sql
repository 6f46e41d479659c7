-- Why: who is in the network, what each organisation has the power to do, and how a person proves who they are.
-- Names of other organisations' people stay hidden; their keys are reachable through firebreak.key_holders().
-- the definer owns its functions, and may create nothing once this migration is done
grant create on schema firebreak to {{definer}};

create table firebreak.org (
  id         text primary key,
  name       text not null check (length(name) between 1 and 200),
  kind       text not null check (kind in ('cso', 'police', 'bank', 'fiu', 'hub', 'network')),
  country    text not null check (country ~ '^[A-Z]{2}$'),
  time_zone  text not null,
  hours      jsonb not null,
  languages  text[] not null default '{}',
  channel    text,
  joined_at  timestamptz not null default now(),
  left_at    timestamptz);

create table firebreak.power (
  id          text primary key,
  org_id      text not null references firebreak.org (id),
  kind        text not null,
  country     text not null check (country ~ '^[A-Z]{2}$'),
  legal_basis text not null,
  verified_by text not null,
  until       date);
create index on firebreak.power (org_id);

create table firebreak.member (
  id         text primary key,
  org_id     text not null references firebreak.org (id),
  email      text not null unique check (email = lower(email)),
  name       text not null check (length(name) between 1 and 200),
  role       text not null check (role in ('caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward')),
  -- age recipient; the matching identity never reaches the server unwrapped
  recipient  text not null check (recipient like 'age1%'),
  joined_at  timestamptz not null default now(),
  left_at    timestamptz);
create index on firebreak.member (org_id);

-- A member's age identity, encrypted in the browser: by a passkey's PRF, a key derived from the password, or the recovery code.
create table firebreak.key_wrap (
  id            text primary key,
  member_id     text not null references firebreak.member (id),
  kind          text not null check (kind in ('passkey', 'password', 'recovery')),
  credential_id text,
  wrapped       text not null,
  created_at    timestamptz not null default now());
create index on firebreak.key_wrap (member_id);

-- hash: Argon2id of the sign-in half of what the browser derived; the password itself never arrives.
create table firebreak.password (
  member_id text primary key references firebreak.member (id),
  salt      text not null,
  hash      text not null);

create table firebreak.passkey (
  credential_id text primary key,
  member_id     text not null references firebreak.member (id),
  public_key    bytea not null,
  counter       bigint not null,
  transports    text[] not null default '{}',
  created_at    timestamptz not null default now(),
  used_at       timestamptz);
create index on firebreak.passkey (member_id);

create table firebreak.challenge (
  id         text primary key,
  challenge  text not null,
  kind       text not null check (kind in ('signin', 'register', 'step_up')),
  subject    text,
  expires_at timestamptz not null,
  used_at    timestamptz);

-- token_hash: SHA-256 of an opaque 256-bit token that only the browser holds.
create table firebreak.session (
  token_hash bytea primary key,
  member_id  text not null references firebreak.member (id),
  via        text not null check (via in ('passkey', 'password')),
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at   timestamptz);
create index on firebreak.session (member_id);

create table firebreak.invite (
  token_hash bytea primary key,
  org_id     text not null references firebreak.org (id),
  email      text not null check (email = lower(email)),
  role       text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz);

alter table firebreak.org enable row level security;
alter table firebreak.org force row level security;
alter table firebreak.power enable row level security;
alter table firebreak.power force row level security;
alter table firebreak.member enable row level security;
alter table firebreak.member force row level security;
alter table firebreak.key_wrap enable row level security;
alter table firebreak.key_wrap force row level security;
alter table firebreak.password enable row level security;
alter table firebreak.password force row level security;
alter table firebreak.passkey enable row level security;
alter table firebreak.passkey force row level security;
alter table firebreak.challenge enable row level security;
alter table firebreak.challenge force row level security;
alter table firebreak.session enable row level security;
alter table firebreak.session force row level security;
alter table firebreak.invite enable row level security;
alter table firebreak.invite force row level security;

create policy seen on firebreak.org for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) in ('signin', 'setup'));
create policy made on firebreak.org for insert to {{app}} with check ((select sec.system()) = 'setup');
create policy changed on firebreak.org for update to {{app}}
  using ((select sec.system()) = 'setup' or (select sec.role()) = 'steward');
create policy seen on firebreak.power for select to {{app}}
  using ((select sec.member()) is not null or (select sec.system()) = 'setup');
create policy made on firebreak.power for insert to {{app}} with check ((select sec.system()) = 'setup');

create policy seen on firebreak.member for select to {{app}}
  using (org_id = (select sec.org()) or (select sec.role()) = 'steward' or (select sec.system()) in ('signin', 'setup'));
create policy made on firebreak.member for insert to {{app}} with check ((select sec.system()) in ('signin', 'setup'));
create policy key_holders on firebreak.member for select to {{definer}} using (true);
create policy key_holders on firebreak.org for select to {{definer}} using (true);

create policy own on firebreak.key_wrap to {{app}}
  using (member_id = (select sec.member()) or (select sec.system()) in ('signin', 'setup'));
create policy signin on firebreak.password to {{app}} using ((select sec.system()) in ('signin', 'setup'));
create policy signin on firebreak.passkey to {{app}} using ((select sec.system()) in ('signin', 'setup'));
create policy signin on firebreak.challenge to {{app}} using ((select sec.system()) = 'signin');
create policy signin on firebreak.session to {{app}} using ((select sec.system()) = 'signin');
create policy signin on firebreak.invite to {{app}} using ((select sec.system()) in ('signin', 'setup'));

grant select, insert on firebreak.org, firebreak.power, firebreak.member to {{app}};
grant update (left_at) on firebreak.org to {{app}};
grant select, insert on firebreak.key_wrap, firebreak.password to {{app}};
grant select, insert on firebreak.passkey, firebreak.challenge, firebreak.session, firebreak.invite to {{app}};
grant update (counter, used_at) on firebreak.passkey to {{app}};
grant update (used_at) on firebreak.challenge, firebreak.invite to {{app}};
grant update (seen_at, ended_at) on firebreak.session to {{app}};
grant delete on firebreak.challenge, firebreak.session to {{app}};
grant select on firebreak.member, firebreak.org to {{definer}};

-- The people of one organisation to whom a sealed record can be addressed: ids and public keys, never names.
create function firebreak.key_holders(of_org text) returns table (member_id text, recipient text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient from firebreak.member m join firebreak.org o on o.id = m.org_id
  where m.org_id = of_org and m.left_at is null and o.left_at is null and sec.member() is not null
    and m.role in ('caseworker', 'officer', 'fraud_desk', 'fiu_analyst')
$$;
alter function firebreak.key_holders(text) owner to {{definer}};
revoke all on function firebreak.key_holders(text) from public;
grant execute on function firebreak.key_holders(text) to {{app}};

revoke create on schema firebreak from {{definer}};
